package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void plainUpHasNoOffsetAndNoExtras() {
        Options options = Options.parse("up");

        assertThat(options.command()).isEqualTo(Options.Command.UP);
        assertThat(options.portOffset()).isZero();
        assertThat(options.demo()).isFalse();
        assertThat(options.isolated()).isFalse();
        assertThat(options.without()).isEmpty();
        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void everyOptionIsRead() {
        Options options =
                Options.parse(
                        "up",
                        "--demo",
                        "--demo-rate=120",
                        "--isolated",
                        "--data",
                        "/srv/with space/x/..",
                        "--port-offset=300",
                        "--start-limit=90",
                        "--without",
                        "command-api",
                        "--without=query-api");

        assertThat(options.demo()).isTrue();
        assertThat(options.demoRate()).isEqualTo(120);
        assertThat(options.isolated()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of("/srv/with space"));
        assertThat(options.portOffset()).isEqualTo(300);
        assertThat(options.startLimit()).isEqualTo(Duration.ofMinutes(90));
        assertThat(options.without()).isEqualTo(Set.of(App.COMMAND_API, App.QUERY_API));
    }

    @Test
    void theOffsetMovesEveryPort() {
        assertThat(App.QUERY_API.port(7)).isEqualTo(8087);
        assertThat(App.COMMAND_API.url(7)).isEqualTo("http://127.0.0.1:8088");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Options.parse())
                .isInstanceOf(Options.Mistake.class)
                .hasMessageContaining("expected up, down, status, doctor or restore");
        assertThatThrownBy(() -> Options.parse("up", "--dmo")).hasMessageContaining("--dmo");
        assertThatThrownBy(() -> Options.parse("up", "--demo-rate", "0"))
                .hasMessageContaining("--demo-rate");
        assertThatThrownBy(() -> Options.parse("up", "--data")).hasMessageContaining("--data");
        assertThatThrownBy(() -> Options.parse("up", "--port-offset", "x"))
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> Options.parse("up", "--port-offset", "60000"))
                .hasMessageContaining("40000");
        assertThatThrownBy(() -> Options.parse("up", "--start-limit", "0"))
                .hasMessageContaining("--start-limit");
        assertThatThrownBy(() -> Options.parse("up", "--without", "kafka"))
                .hasMessageContaining("'kafka'");
    }
}
