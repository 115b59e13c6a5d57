package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.bench.Options.Part;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void measuresAllButTheLongOneUnlessToldOtherwise() {
        assertThat(Options.parse().parts())
                .containsExactly(
                        Stream.of(Part.values())
                                .filter(part -> part != Part.GROWTH)
                                .toArray(Part[]::new));
        assertThat(Options.parse("--parts", "ack,start", "--rounds", "5"))
                .satisfies(options -> {
                    assertThat(options.parts()).containsExactly(Part.ACK, Part.START);
                    assertThat(options.rounds()).isEqualTo(5);
                });
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThatThrownBy(() -> Options.parse("--parts", "disk")).hasMessageContaining("disk");
        assertThatThrownBy(() -> Options.parse("--seconds", "0")).hasMessageContaining("--seconds");
        assertThatThrownBy(() -> Options.parse("--what", "1")).hasMessageContaining("--what");
        assertThatThrownBy(() -> Options.parse("--keys")).hasMessageContaining("--keys");
        assertThatThrownBy(() -> Options.parse("--views", "disks")).hasMessageContaining("traffic");
    }
}
