package io.headwater.projectors.platform.fold;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.views.LeadVolumeRow;
import io.headwater.views.PageViewsRow;
import org.junit.jupiter.api.Test;

class SumsTest {

    @Test
    void countsAreAddedAndTheNewestPositionStands() {
        var sums = new Sums<>(PageViewsRow.class);
        var older = new PageViewsRow("main", NOON, "/a", 2L, 1L, 3, 7L);
        var newer = new PageViewsRow("main", NOON, "/a", 5L, 0L, 1, 9L);

        var sum = sums.apply(older, newer);

        assertThat(sum).isEqualTo(new PageViewsRow("main", NOON, "/a", 7L, 1L, 1, 9L));
        assertThat(sums.apply(newer, older)).isEqualTo(sum);
        assertThat(older.getViews()).isEqualTo(2);
    }

    @Test
    void everyCountOfARowIsAdded() {
        var row =
                new LeadVolumeRow(
                        "main", NOON, "s", "c", "ES", "d", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 0, 1L);

        assertThat(new Sums<>(LeadVolumeRow.class).apply(row, row))
                .isEqualTo(
                        new LeadVolumeRow(
                                "main", NOON, "s", "c", "ES", "d", 2L, 4L, 6L, 8L, 10L, 12L, 14L,
                                16L, 0, 1L));
    }
}
