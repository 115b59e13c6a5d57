package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.views.IntakeRow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TableChangesTest {

    @Test
    void keyIsSpelledAsOnTheViewTopic() {
        assertThat(TableChanges.keyOf(IntakeRow.getClassSchema()))
                .isEqualTo(
                        """
                        'intake_15m|' || replace(replace(site_id::text, '\\', '\\\\'), '|', '\\|') || '|' || \
                        round(extract(epoch from bucket) * 1000)::bigint::text || '|' || \
                        replace(replace(source_id::text, '\\', '\\\\'), '|', '\\|')\
                        """);
    }

    @Test
    void whatIsMergedTakesThePlaceOfAllButTheKey() {
        var changes = new TableChanges(IntakeRow.getClassSchema(), Path.of("rows"), new long[0], 0);

        assertThat(changes.merge("bench.intake_15m", "stage"))
                .startsWith("insert into bench.intake_15m (site_id, bucket, source_id, received, ")
                .contains(" from stage on conflict (site_id, bucket, source_id) do update set ")
                .contains("received = excluded.received", "src_offset = excluded.src_offset")
                .doesNotContain("site_id = excluded");
    }
}
