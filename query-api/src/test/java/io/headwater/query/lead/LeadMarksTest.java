package io.headwater.query.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadMarksTest {

    @Test
    void moveForwardOnly() {
        var marks = LeadMarks.of(Map.of(0, 12L)).with(3, 1).with(0, 5);

        assertThat(marks.after(0)).isEqualTo(12);
        assertThat(marks.after(3)).isEqualTo(1);
        assertThat(marks.after(7)).isNegative();
    }

    @Test
    void comeBackAsTheyWent() {
        var marks = LeadMarks.of(Map.of(11, 45L, 2, 0L));

        assertThat(marks.text()).isEqualTo("2:0,11:45");
        assertThat(LeadMarks.parse(marks.text())).isEqualTo(marks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-11-21T03:00:00Z", "1:", ":1", "a:b"})
    void refuseOtherText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LeadMarks.parse(text));
    }
}
