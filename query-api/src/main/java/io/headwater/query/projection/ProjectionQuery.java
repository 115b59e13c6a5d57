package io.headwater.query.projection;

import static java.util.stream.Collectors.groupingBy;

import io.headwater.query.platform.postgres.Rows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How far is each generation of each projection, and does its accounting hold?
@Component
class ProjectionQuery {
    private final JdbcClient jdbc;
    private final GenerationQuery generations;
    private final ProgressMeter meter;

    ProjectionQuery(JdbcClient jdbc, GenerationQuery generations, ProgressMeter meter) {
        this.jdbc = jdbc;
        this.generations = generations;
        this.meter = meter;
    }

    private record Part(
            String projection,
            int generation,
            String topic,
            int part,
            long nextOffset,
            long endOffset,
            long epoch,
            @Nullable String owner,
            Instant heartbeat,
            long read,
            long applied,
            long parked,
            long skipped,
            long fenced) {

        Of of() {
            return new Of(projection, generation);
        }
    }

    private record Of(String projection, int generation) {}

    /// @param projection null: all of them
    /// @param gone with generations that were dropped
    List<ProjectionView> list(@Nullable String projection, boolean gone) {
        var parts =
                jdbc
                        .sql(
                                """
                                select projection, generation, topic, part, next_offset,
                                       end_offset, epoch, owner, heartbeat, read, applied, parked,
                                       skipped, fenced
                                from ops.projection_position
                                order by topic, part
                                """)
                        .query(Rows.of(Part.class))
                        .list()
                        .stream()
                        .collect(groupingBy(Part::of));
        return generations.list(projection).stream()
                .filter(one -> gone || !one.isGone())
                .map(one ->
                        view(
                                one,
                                parts.getOrDefault(
                                        new Of(one.projection(), one.generation()), List.of())))
                .toList();
    }

    private ProjectionView view(GenerationRow one, List<Part> parts) {
        return new ProjectionView(
                one.projection(),
                one.generation(),
                one.state(),
                one.health(),
                one.reason(),
                one.sourceLag() + one.sinkLag(),
                one.lagAgeMs(),
                one.ratePerSecond(),
                one.updatedAt(),
                one.alive(),
                one.foldVersion(),
                one.purpose(),
                one.plannedAt(),
                one.liveAt(),
                one.retireAt(),
                one.expectedNames(),
                one.maxRate(),
                one.rateLimit(),
                one.progress(meter),
                one.step(),
                one.verification(),
                one.sample(),
                accounting(parts),
                parts.stream().map(ProjectionQuery::position).toList());
    }

    private static ProjectionView.Accounting accounting(List<Part> parts) {
        long read = parts.stream().mapToLong(Part::read).sum();
        long applied = parts.stream().mapToLong(Part::applied).sum();
        long parked = parts.stream().mapToLong(Part::parked).sum();
        long skipped = parts.stream().mapToLong(Part::skipped).sum();
        return new ProjectionView.Accounting(
                read,
                applied,
                parked,
                skipped,
                parts.stream().mapToLong(Part::fenced).sum(),
                read == applied + parked + skipped);
    }

    private static ProjectionView.Position position(Part part) {
        return new ProjectionView.Position(
                part.topic(),
                part.part(),
                part.nextOffset(),
                part.endOffset(),
                part.epoch(),
                part.owner(),
                part.heartbeat());
    }
}
