package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import io.headwater.projectors.platform.sink.KeyTables;
import io.headwater.projectors.platform.sink.KeyTables.Difference;
import io.headwater.projectors.platform.sink.KeyTables.Kind;
import io.headwater.vault.PersonalKeys;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// What one request reads about a key: its events, what the view tells of the position of the
/// tables, and the tables.
final class KeyReading implements AutoCloseable {

    /// Longest reading while the sink waits, which gives up after 5 s.
    private static final Duration HELD_UP = Duration.ofSeconds(2);

    /// What the rows of the key should be at the position of the tables, and are.
    ///
    /// @param history of all that hangs together with the key
    /// @param own rows of the key; and those of others that the tables have among them
    /// @param fromView the first events are gone, so the rows are those of the view
    /// @param left keys of rows that are not compared
    /// @param found what is wrong with the tables
    record Comparison(
            KeyHistory history,
            Cut cut,
            List<SpecificRecord> own,
            boolean fromView,
            Set<String> left,
            List<Difference> found) {}

    private final KeyedProjection projection;
    private final String key;
    private final Set<String> rowKeys;
    private final PartitionReader reader;
    private final Duration readLimit;
    private final KeyTables tables;
    private final TopicPartition source;
    private final int viewPartition;
    private final ViewRecords view;
    private final KeyEvents events;
    private @Nullable KeyHistory history;
    private final long begunNanos = System.nanoTime();

    private KeyReading(
            LiveGenerations.Live live,
            String key,
            KeySettings limits,
            Deserializer<SpecificRecord> deserializer,
            PartitionReader reader,
            KeyTables tables)
            throws SQLException {
        projection = live.projection();
        this.key = key;
        this.reader = reader;
        readLimit = limits.readLimit();
        this.tables = tables;
        rowKeys = projection.rowKeys(key);
        String topic = projection.sources().getFirst();
        source = new TopicPartition(topic, projection.partitionOf(key, reader.partitions(topic)));
        String viewTopic = live.generation().viewTopic();
        viewPartition = source.partition() % reader.partitions(viewTopic);
        view =
                new ViewRecords(
                        reader.log(new TopicPartition(viewTopic, viewPartition)), deserializer);
        var hints = tables.hints(projection.scopes(key, List.of()), projection.hints());
        events =
                new KeyEvents(
                        projection,
                        key,
                        reader.log(source),
                        deserializer,
                        hints,
                        limits.mostEvents());
    }

    /// Reads the events of the key up to the end of the log.
    ///
    /// @throws SQLException when Postgres is away
    static KeyReading open(
            LiveGenerations.Live live,
            String key,
            ProjectorSettings settings,
            KeySettings limits,
            Deserializer<SpecificRecord> deserializer,
            PersonalKeys personal)
            throws SQLException {
        var reader = new PartitionReader(settings.kafka().brokers(), limits.readLimit());
        KeyTables tables = null;
        try {
            tables =
                    KeyTables.open(
                            settings.postgres(),
                            live.generation(),
                            live.projection().rows(),
                            personal);
            var reading = new KeyReading(live, key, limits, deserializer, reader, tables);
            reading.events.find();
            reading.view.prepare(reading.rowKeys);
            return reading;
        } catch (SQLException | RuntimeException failure) {
            reader.close();
            if (tables != null) {
                tables.close();
            }
            throw failure;
        }
    }

    /// Partition of the view, whose position is that of the tables.
    int viewPartition() {
        return viewPartition;
    }

    TopicPartition source() {
        return source;
    }

    KeyTables tables() {
        return tables;
    }

    /// @throws KeyRefusal when Kafka no longer has the log from its beginning
    KeyHistory history() {
        requireComplete();
        return folded();
    }

    /// Anew only when earlier events were found.
    private KeyHistory folded() {
        var known = history;
        if (known == null || !known.goOn(events.list())) {
            known = KeyHistory.of(projection, source.partition(), events.list());
            history = known;
        }
        return known;
    }

    /// All rows of the key, in the transaction that [KeyTables#snapshot] began.
    ///
    /// @param position of the tables, as that found it
    /// @return empty when an event came that hangs together with earlier ones not read: read them
    ///   by [#readAgain] after the end of the transaction, and try again
    Optional<Comparison> compare(OptionalLong position) throws SQLException {
        reader.limit(HELD_UP);
        var known = stand(required(position));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var stand = known.get();
        var rows = stand.rows();
        var own = new ArrayList<>(projection.rowsOf(key, rows.values()));
        var scopes = projection.scopes(key, own);
        var found = tables.differences(own, scopes);
        // Rows of others that name this key in the tables: the fold may know what they should be.
        var others =
                found.stream()
                        .filter(one -> one.kind() == Kind.SURPLUS)
                        .map(one -> rows.get(one.key()))
                        .filter(Objects::nonNull)
                        .toList();
        if (!others.isEmpty()) {
            own.addAll(others);
            found = tables.differences(own, scopes);
        }
        var left = new HashSet<>(stand.unwritten());
        left.addAll(tables.parked(keys(found)));
        return Optional.of(
                new Comparison(
                        stand.history(),
                        stand.cut(),
                        own,
                        stand.fromView(),
                        left,
                        found.stream().filter(one -> !left.contains(one.key())).toList()));
    }

    /// Reads and folds what came meanwhile, and hands the rows to Postgres, so that nearly nothing
    /// is left to do while the sink waits.
    ///
    /// @param seen what is wrong
    void prepareRepair(Comparison seen) throws SQLException {
        reader.limit(readLimit);
        var rows = stand(view.prepare(rowKeys)).map(stand -> stand.rows(keys(seen.found())));
        tables.prepare(rows.orElse(List.of()));
        // What came while Postgres took them.
        if (stand(view.prepare(rowKeys)).isEmpty()) {
            readAgain();
        }
    }

    /// Puts right what was wrong, as far as it still is, in the transaction that [KeyTables#lock]
    /// began: the sink waits for these rows, however many others the key has.
    ///
    /// @param position of the tables, as that found it
    /// @return what was; empty as for [#compare]
    Optional<Comparison> repair(OptionalLong position, Comparison seen) throws SQLException {
        reader.limit(HELD_UP);
        var known = stand(required(position));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var keys = keys(seen.found());
        var repaired = tables.repair(keys, known.get().rows(keys));
        return Optional.of(
                new Comparison(
                        known.get().history(),
                        known.get().cut(),
                        seen.own(),
                        known.get().fromView(),
                        seen.left(),
                        seen.found().stream()
                                .filter(one -> repaired.contains(one.key()))
                                .toList()));
    }

    /// @param next position of the tables
    private Optional<Stand> stand(long next) {
        Set<String> unwritten = Set.of();
        Map<String, SpecificRecord> written = Map.of();
        Cut cut;
        if (rowKeys.isEmpty()) {
            cut = view.lastEventBefore(next);
        } else {
            view.collect(rowKeys, next);
            written = view.newestBefore(next);
            unwritten = view.onlyAfter(next);
            cut = versions(written);
        }
        if (!events.extend(cut.end())) {
            return Optional.empty();
        }
        boolean fromView = !rowKeys.isEmpty() && !events.isComplete();
        if (!fromView) {
            requireComplete();
        }
        return Optional.of(new Stand(folded(), cut, fromView, written, unwritten));
    }

    /// Reads all from the beginning, and folds it, when [#compare] says that it is due.
    void readAgain() {
        reader.limit(readLimit);
        events.find();
        view.prepare(rowKeys);
        folded();
    }

    /// @param lockedNanos how long the sink had to wait
    KeyAnswers.Cost cost(long lockedNanos) {
        return new KeyAnswers.Cost(
                reader.records(),
                events.passes(),
                events.size(),
                (System.nanoTime() - begunNanos) / 1_000_000,
                lockedNanos / 1_000);
    }

    @Override
    public void close() throws SQLException {
        reader.close();
        tables.close();
    }

    private static Set<String> keys(List<Difference> found) {
        return found.stream().map(Difference::key).collect(Collectors.toCollection(HashSet::new));
    }

    private static long required(OptionalLong position) {
        return position.orElseThrow(
                () -> new KeyRefusal(Reason.NOT_READY, "nothing was written to the tables yet"));
    }

    private static Cut versions(Map<String, SpecificRecord> written) {
        var offsets = new HashMap<String, Long>();
        written.forEach((rowKey, row) -> offsets.put(rowKey, ViewRecords.offset(row)));
        return new Cut.Versions(offsets);
    }

    private void requireComplete() {
        if (!events.isComplete()) {
            throw new KeyRefusal(
                    Reason.HISTORY_INCOMPLETE,
                    source
                            + " no longer begins with its first event: what is gone cannot be folded");
        }
    }
}
