package io.headwater.command.intake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.SettingsTest;
import io.headwater.command.platform.enrich.EnrichSettings;
import io.headwater.command.platform.enrich.Enrichment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Lines of an import.
class SessionImportFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    private final SessionNormaliser normaliser =
            new SessionNormaliser(
                    new Enrichment(
                            SettingsTest.binder(Map.of())
                                    .bind("headwater.enrich", EnrichSettings.class)
                                    .get()));

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "{\"import_key\":\"k\",\"session_id\":\"s\",\"started_at\":\"2026-11-20T08:00:00Z\",\"ended_at\":\"2026-11-20T08:10:00Z\",\"duration_seconds\":\"0:10:00\",\"pages\":\"/a"
                                + " /b\",\"page_views\":2,\"country\":\"Germany\",\"max_scroll_percent\":\"50"
                                + " %\"}",
                        "{\"session_id\":\"s\",\"started_at\":1790000000,\"duration_seconds\":999999999999.5,\"pages\":[\"/a\"],\"session_number\":1e6,\"clicks\":\"12\"}",
                        "{\"session_id\":\"s\",\"started_at\":\"2026-11-20\",\"pages\":\"[\\\"/a\\\"]\",\"user_agent\":\"Mozilla/5.0"
                                + " (X11; Linux x86_64) Firefox/140.0\",\"event_count\":0}",
                        "[]")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        String line = new String(input, StandardCharsets.UTF_8);
        var keyed = ImportRow.of(line);
        assertThat((keyed.key() == null) == (keyed.refusal() != null)).isTrue();
        var row = ImportRow.unkeyed(line);
        if (row.refusal() != null) {
            return;
        }
        var cells = new SessionCells(row.content());
        assertThat(cells.contentHash()).hasSize(64);
        try {
            var session = normaliser.read(cells, "main", NOW);
            assertThat(session.getEndedAt()).isBetween(session.getStartedAt(), NOW);
        } catch (BadCellException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
