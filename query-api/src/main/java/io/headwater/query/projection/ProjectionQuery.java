package io.headwater.query.projection;

import static java.util.stream.Collectors.groupingBy;

import io.headwater.query.platform.postgres.Rows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How far is each projection, and does its accounting hold?
@Component
class ProjectionQuery {
    private final JdbcClient jdbc;

    ProjectionQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Generation(
            String projection,
            int generation,
            String state,
            String health,
            @Nullable String reason,
            long lagRecords,
            long lagAgeMs,
            double ratePerSecond,
            Instant updatedAt,
            boolean alive) {}

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
            long skipped) {

        boolean isOf(Generation other) {
            return projection.equals(other.projection()) && generation == other.generation();
        }
    }

    List<ProjectionView> list() {
        var parts =
                jdbc
                        .sql(
                                """
                                select projection, generation, topic, part, next_offset,
                                       end_offset, epoch, owner, heartbeat, read, applied, parked,
                                       skipped
                                from ops.projection_position
                                order by topic, part
                                """)
                        .query(Rows.of(Part.class))
                        .list()
                        .stream()
                        .collect(groupingBy(Part::projection));
        return jdbc
                .sql(
                        """
                        select projection, generation, state, health, reason,
                               source_lag + sink_lag as lag_records, lag_age_ms, rate_per_second,
                               updated_at, heartbeat > now() - interval '10 seconds' as alive
                        from ops.projection
                        order by projection, generation
                        """)
                .query(Rows.of(Generation.class))
                .list()
                .stream()
                .map(one ->
                        view(
                                one,
                                parts.getOrDefault(one.projection(), List.of()).stream()
                                        .filter(part -> part.isOf(one))
                                        .toList()))
                .toList();
    }

    private static ProjectionView view(Generation one, List<Part> parts) {
        long read = parts.stream().mapToLong(Part::read).sum();
        long applied = parts.stream().mapToLong(Part::applied).sum();
        long parked = parts.stream().mapToLong(Part::parked).sum();
        long skipped = parts.stream().mapToLong(Part::skipped).sum();
        return new ProjectionView(
                one.projection(),
                one.generation(),
                one.state(),
                one.health(),
                one.reason(),
                one.lagRecords(),
                one.lagAgeMs(),
                one.ratePerSecond(),
                one.updatedAt(),
                one.alive(),
                new ProjectionView.Accounting(
                        read, applied, parked, skipped, read == applied + parked + skipped),
                parts.stream()
                        .map(part ->
                                new ProjectionView.Position(
                                        part.topic(),
                                        part.part(),
                                        part.nextOffset(),
                                        part.endOffset(),
                                        part.epoch(),
                                        part.owner(),
                                        part.heartbeat()))
                        .toList());
    }
}
