package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.keys.KeyReading.Comparison;
import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.PersonalKeys;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Answers about one key, and makes its rows anew.
///
/// The sink waits only while its position is held: for the events and view records that came since
/// the reading before, the fold and the write.
///
/// source: docs/decisions/0021-one-key.md
@Component
class KeyOperations {

    private static final Logger log = LoggerFactory.getLogger(KeyOperations.class);

    /// Each reads what came in between; more means that the key is merged over and over.
    private static final int ATTEMPTS = 5;

    private final LiveGenerations generations;
    private final ProjectorSettings settings;
    private final KeySettings limits;
    private final PersonalKeys personal;
    private final Deserializer<SpecificRecord> deserializer;

    KeyOperations(
            LiveGenerations generations,
            ProjectorSettings settings,
            KeySettings limits,
            SchemaIds ids,
            PersonalKeys personal) {
        this.generations = generations;
        this.settings = settings;
        this.limits = limits;
        this.personal = personal;
        deserializer = new AvroSerde<>(ids);
    }

    /// The rows after all events that were recorded up to a moment; they were in the tables so.
    ///
    /// @throws KeyRefusal when there was nothing of the key by then, among others
    KeyAnswers.AsOf asOf(String projection, String key, Instant at) throws SQLException {
        var live = generations.of(projection);
        try (var reading = open(live, key)) {
            var history = reading.history();
            var last =
                    history.steps().stream()
                            .map(KeyHistory.Step::source)
                            .filter(event -> !event.recordedAt().isAfter(at))
                            .reduce((earlier, later) -> later)
                            .orElseThrow(() -> nothing(key));
            var rows = history.at(new Cut.Before(last.offset() + 1)).values();
            if (live.projection().rowsOf(key, rows).isEmpty()) {
                throw nothing(key);
            }
            var tables = new TreeMap<String, List<Map<String, @Nullable Object>>>();
            live.projection().rows().forEach(type -> tables.put(table(type), new ArrayList<>()));
            personal.opened(rows, "")
                    .forEach(row ->
                            tables.computeIfAbsent(
                                            RowKey.table(row.getSchema()),
                                            unseen -> new ArrayList<>())
                                    .add(RowValues.of(row)));
            return new KeyAnswers.AsOf(
                    projection,
                    live.generation().number(),
                    key,
                    at,
                    reading.source().topic(),
                    reading.source().partition(),
                    last.offset(),
                    last.recordedAt(),
                    tables,
                    reading.cost(0));
        }
    }

    /// The events that made the rows as they are in the tables.
    KeyAnswers.Explained explain(String projection, String key) throws SQLException {
        var live = generations.of(projection);
        try (var reading = open(live, key)) {
            var found = inSnapshot(reading);
            requireSomething(found, key);
            if (found.fromView()) {
                reading.history(); // refuses: what made the row is gone
            }
            return new KeyAnswers.Explained(
                    projection,
                    live.generation().number(),
                    key,
                    found.found().isEmpty(),
                    found.found().stream().map(KeyAnswers.Row::of).toList(),
                    events(reading, found),
                    reading.cost(0));
        }
    }

    /// Compares the rows of a key with what its events give. Writes nothing and holds nobody up.
    ///
    /// @throws KeyRefusal when it cannot be compared, or there is nothing of it
    KeyAnswers.Checked check(LiveGenerations.Live live, String key) throws SQLException {
        try (var reading = open(live, key)) {
            var found = inSnapshot(reading);
            requireSomething(found, key);
            return new KeyAnswers.Checked(
                    found.own().size(), found.found().stream().map(KeyAnswers.Row::of).toList());
        }
    }

    /// Puts the rows of the key right while everything goes on. Holds nobody up when they are.
    ///
    /// @param actor who asked
    KeyAnswers.Rebuilt rebuild(String projection, String key, String actor) throws SQLException {
        var live = generations.of(projection);
        try (var reading = open(live, key)) {
            var seen = inSnapshot(reading);
            requireSomething(seen, key);
            var found = seen;
            long lockedNanos = 0;
            if (!seen.found().isEmpty()) {
                reading.prepareRepair(seen);
                var position = reading.tables().lock(reading.viewPartition());
                long sinceNanos = System.nanoTime();
                found = repaired(reading, position, seen);
                lockedNanos = System.nanoTime() - sinceNanos;
            }
            var answer =
                    new KeyAnswers.Rebuilt(
                            projection,
                            live.generation().number(),
                            key,
                            found.fromView() ? "view" : "events",
                            seen.own().size(),
                            found.found().stream().map(KeyAnswers.Row::of).toList(),
                            found.left().stream().sorted().toList(),
                            reading.cost(lockedNanos));
            log.atInfo()
                    .addKeyValue("projection", live.generation())
                    .addKeyValue("key", key)
                    .addKeyValue("actor", actor)
                    .addKeyValue("wrong", answer.rows().size())
                    .addKeyValue("lockedMicros", answer.cost().lockedMicros())
                    .log("rows of one key rebuilt");
            return answer;
        }
    }

    /// As the tables are at one position, seen from beside.
    private static Comparison inSnapshot(KeyReading reading) throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var position = reading.tables().snapshot(reading.viewPartition());
            var compared = reading.compare(position);
            reading.tables().rollback();
            if (compared.isPresent()) {
                return compared.get();
            }
            reading.readAgain();
        }
        throw tooBusy();
    }

    /// While the position is held: what was wrong in the snapshot, as far as it still is.
    private static Comparison repaired(KeyReading reading, OptionalLong position, Comparison seen)
            throws SQLException {
        var held = position;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var compared = reading.repair(held, seen);
            if (compared.isPresent()) {
                var found = compared.get();
                reading.tables().commit(!found.found().isEmpty());
                return found;
            }
            reading.tables().rollback();
            reading.readAgain();
            held = reading.tables().lock(reading.viewPartition());
        }
        throw tooBusy();
    }

    private KeyReading open(LiveGenerations.Live live, String key) throws SQLException {
        if (key.isBlank() || key.indexOf('\0') >= 0) {
            throw new KeyRefusal(Reason.NOT_FOUND, "that is no key");
        }
        return KeyReading.open(live, key, settings, limits, deserializer, personal);
    }

    private static List<KeyAnswers.Event> events(KeyReading reading, Comparison found) {
        var keys =
                found.own().stream().map(RowKey::of).collect(Collectors.toCollection(HashSet::new));
        var before = new HashMap<String, SpecificRecord>();
        var events = new ArrayList<KeyAnswers.Event>();
        for (var step : found.history().steps()) {
            var changes = new ArrayList<KeyAnswers.Change>();
            boolean touches = false;
            for (var row : step.rows()) {
                String rowKey = RowKey.of(row);
                if (!keys.contains(rowKey) || !found.cut().includes(step.source().offset(), row)) {
                    continue;
                }
                touches = true;
                var columns = RowValues.changed(before.put(rowKey, row), row);
                if (!columns.isEmpty()) {
                    changes.add(
                            new KeyAnswers.Change(
                                    RowKey.table(row.getSchema()),
                                    rowKey,
                                    columns,
                                    RowValues.impersonal(row, columns)));
                }
            }
            if (touches) {
                events.add(
                        new KeyAnswers.Event(
                                reading.source().topic(),
                                reading.source().partition(),
                                step.source().offset(),
                                step.source().event().getSchema().getName(),
                                step.source().recordedAt(),
                                changes));
            }
        }
        return events;
    }

    private static void requireSomething(Comparison found, String key) {
        if (found.own().isEmpty() && found.found().isEmpty() && found.left().isEmpty()) {
            throw nothing(key);
        }
    }

    private static KeyRefusal nothing(String key) {
        return new KeyRefusal(Reason.NOT_FOUND, "nothing was recorded of it: " + key);
    }

    private static KeyRefusal tooBusy() {
        return new KeyRefusal(Reason.NOT_READY, "it is merged with others all the time: try again");
    }

    private static String table(Class<? extends SpecificRecord> type) {
        return RowKey.table(org.apache.avro.specific.SpecificData.get().getSchema(type));
    }
}
