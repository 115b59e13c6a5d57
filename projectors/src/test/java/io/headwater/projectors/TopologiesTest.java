package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.intake.IntakeProjection;
import io.headwater.projectors.intake.WebhooksProjection;
import io.headwater.projectors.lead.LeadVolumeProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names of stores and internal topics are data: a change here loses state and needs a new
/// generation. After one, the graphs in `src/test/resources/topologies` are replaced by the new
/// ones: `mvn -pl projectors test -Dtest=TopologiesTest -Dupdate` writes them.
public class TopologiesTest {

    public static Stream<Projection> projections() {
        return Stream.of(
                new LeadsProjection(),
                new LeadVolumeProjection(),
                new SessionsProjection(),
                new TrafficProjection(),
                new IntakeProjection(),
                new WebhooksProjection());
    }

    @ParameterizedTest
    @MethodSource("projections")
    void graphIsTheOneChecked(Projection projection, @TempDir Path folder) throws IOException {
        Path checked =
                Path.of("src", "test", "resources", "topologies", projection.name() + ".txt");

        String graph = FoldDriver.topology(projection, folder).describe().toString();

        if (System.getProperty("update") != null) {
            Files.writeString(checked, graph);
        }
        assertThat(graph).isEqualTo(Files.exists(checked) ? Files.readString(checked) : "");
    }

    @Test
    void everyProjectionOfTheCatalogueIsHere() {
        assertThat(projections().map(Projection::name)).hasSameElementsAs(Topics.projections());
    }
}
