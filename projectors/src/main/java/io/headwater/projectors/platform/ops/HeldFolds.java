package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Holds the folds of this instance at the cuts of `ops.cut` and tells where they stopped. A cut
/// that is over, or expired because whoever made it is gone, holds nothing.
@Component
class HeldFolds {

    private record Cut(long id, String projection, int live, int candidate, boolean going) {

        boolean isOf(Generation generation) {
            return projection.equals(generation.projection())
                    && (generation.number() == live || generation.number() == candidate);
        }
    }

    private final JdbcClient jdbc;

    /// What was told already: positions of a fold that stands still do not change.
    private final Map<Long, Map<Generation, Map<TopicPartition, Long>>> told = new HashMap<>();

    HeldFolds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param running folds of this instance; those that are about to start too
    void apply(Map<Generation, RunningProjection> running) {
        var cuts =
                jdbc.sql(
                                """
                                select id, projection, live, candidate, state = 'GO' as going
                                from ops.cut
                                where state <> 'DONE' and expires_at > now()\
                                """)
                        .query((row, number) ->
                                new Cut(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getInt(3),
                                        row.getInt(4),
                                        row.getBoolean(5)))
                        .list();
        Set<Generation> held = new HashSet<>();
        for (var cut : cuts) {
            Map<TopicPartition, Long> targets = cut.going() ? targets(cut) : Map.of();
            running.forEach((generation, one) -> {
                if (cut.isOf(generation)) {
                    held.add(generation);
                    apply(cut, targets, generation, one);
                }
            });
        }
        running.forEach((generation, one) -> {
            if (!held.contains(generation)) {
                one.gate().open();
            }
        });
        told.keySet().retainAll(cuts.stream().map(Cut::id).toList());
    }

    private void apply(
            Cut cut,
            Map<TopicPartition, Long> targets,
            Generation generation,
            RunningProjection one) {
        if (cut.going()) {
            one.gate().goTo(cut.id(), targets);
            return;
        }
        one.gate().hold(cut.id());
        var positions = one.gate().held(cut.id());
        var before =
                told.computeIfAbsent(cut.id(), unseen -> new HashMap<>())
                        .put(generation, positions);
        if (!positions.equals(before)) {
            positions.forEach((partition, position) -> tell(cut, generation, partition, position));
        }
    }

    /// After a change of owner the larger one stands: a target may lie before nobody.
    private void tell(Cut cut, Generation generation, TopicPartition partition, long position) {
        jdbc.sql(
                        """
                        insert into ops.cut_position (cut, generation, topic, part, held_at)
                        values (:cut, :generation, :topic, :part, :position)
                        on conflict (cut, generation, topic, part)
                        do update set held_at = greatest(cut_position.held_at, excluded.held_at)\
                        """)
                .param("cut", cut.id())
                .param("generation", generation.number())
                .param("topic", partition.topic())
                .param("part", partition.partition())
                .param("position", position)
                .update();
    }

    private Map<TopicPartition, Long> targets(Cut cut) {
        List<Map.Entry<TopicPartition, Long>> rows =
                jdbc.sql(
                                """
                                select topic, part, max(target)
                                from ops.cut_position
                                where cut = :cut and target is not null
                                group by topic, part\
                                """)
                        .param("cut", cut.id())
                        .query((row, number) ->
                                Map.entry(
                                        new TopicPartition(row.getString(1), row.getInt(2)),
                                        row.getLong(3)))
                        .list();
        Map<TopicPartition, Long> targets = new HashMap<>();
        rows.forEach(row -> targets.put(row.getKey(), row.getValue()));
        return targets;
    }
}
