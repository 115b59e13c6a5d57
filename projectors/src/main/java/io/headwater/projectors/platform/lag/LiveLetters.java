package io.headwater.projectors.platform.lag;

import io.headwater.projectors.platform.Generation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Whether an event that a generation on its way could not fold is one that the live generation
/// could not fold either.
@Component
public final class LiveLetters {

    public enum Verdict {
        /// The live generation could not fold it either.
        KNOWN,
        /// It could.
        NEW,
        /// It has not come to it yet, or what it made of it is not in Postgres yet: ask again.
        OPEN
    }

    private static final int LONGEST_KEY = 200;

    private final LogEnds logs;
    private final JdbcClient jdbc;

    public LiveLetters(LogEnds logs, JdbcClient jdbc) {
        this.logs = logs;
        this.jdbc = jdbc;
    }

    /// Why a rebuild cannot go on, for people.
    ///
    /// @param live could fold it
    /// @param key ids; what is none may hold anything
    public static String reason(
            Generation live,
            TopicPartition source,
            long offset,
            byte @Nullable [] key,
            String stage,
            String cause) {
        return "an event that %s folded cannot be folded: %s %d @%d, key %s (%s: %s)"
                .formatted(
                        live,
                        source.topic(),
                        source.partition(),
                        offset,
                        key == null ? "none" : shown(key),
                        stage,
                        cause);
    }

    private static String shown(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return text.length() > LONGEST_KEY ? text.substring(0, LONGEST_KEY) + "…" : text;
    }

    /// @param live the live generation and its event topics
    /// @param source where the event is. Of a topic that is not among those, as between two steps
    ///   of a fold, it is new: each generation has its own
    /// @throws ExecutionException when Kafka is away
    public Verdict of(LogEnds.Followed live, TopicPartition source, long offset)
            throws ExecutionException, InterruptedException {
        if (isLetter(live.generation(), source, offset)) {
            return Verdict.KNOWN;
        }
        if (!live.sources().contains(source.topic())) {
            return Verdict.NEW;
        }
        // In this order: a fold that has committed the event has its letter below these ends, and a
        // sink that is at these ends has it in its table.
        var ends = logs.upTo(live, Map.of(source, offset + 1));
        if (ends.source().ends().containsKey(source) || !isWritten(live.generation(), ends)) {
            return Verdict.OPEN;
        }
        return isLetter(live.generation(), source, offset) ? Verdict.KNOWN : Verdict.NEW;
    }

    private boolean isWritten(Generation live, LogEnds.Ends ends) {
        Map<TopicPartition, Long> written = new HashMap<>();
        jdbc.sql(
                        """
                        select topic, part, next_offset
                        from ops.projection_position
                        where projection = :projection and generation = :generation\
                        """)
                .param("projection", live.projection())
                .param("generation", live.number())
                .query((row, number) ->
                        written.put(
                                new TopicPartition(row.getString(1), row.getInt(2)),
                                row.getLong(3)))
                .list();
        return ends.view().entrySet().stream()
                .filter(end -> end.getKey().topic().equals(live.deadLetterTopic()))
                .allMatch(end -> written.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private boolean isLetter(Generation live, TopicPartition source, long offset) {
        return jdbc.sql(
                        """
                        select exists (
                            select from ops.dead_letter
                            where projection = :projection and generation = :generation
                              and topic = :topic and part = :part and "offset" = :offset)\
                        """)
                .param("projection", live.projection())
                .param("generation", live.number())
                .param("topic", source.topic())
                .param("part", source.partition())
                .param("offset", offset)
                .query(Boolean.class)
                .single();
    }
}
