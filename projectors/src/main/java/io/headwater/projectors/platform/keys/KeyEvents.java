package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/// The events that hang together with a key, found in the partition of its source.
///
/// A pass takes every event that tells of something known, and what else that tells of is known
/// from then on. Earlier events may tell of it too: another pass goes up to where the last name
/// became known, until one finds none. What the tables tell beforehand makes one pass enough as a
/// rule; it is a hint only, nothing depends on it.
final class KeyEvents {

    private final KeyedProjection projection;
    private final String key;
    private final RecordLog source;
    private final Deserializer<SpecificRecord> deserializer;
    private final int most;
    private final Set<String> known = new HashSet<>();
    private final TreeMap<Long, SourceEvent> events = new TreeMap<>();
    private final long first;
    private long end;
    private long grownAt = -1;
    private boolean whole;
    private int passes;

    /// @param hints names that may be of things of the key
    /// @param most events; with one more it is refused
    KeyEvents(
            KeyedProjection projection,
            String key,
            RecordLog source,
            Deserializer<SpecificRecord> deserializer,
            Collection<String> hints,
            int most) {
        this.projection = projection;
        this.key = key;
        this.source = source;
        this.deserializer = deserializer;
        this.most = most;
        known.add(projection.nameOf(key));
        known.addAll(hints);
        first = source.first();
    }

    /// All up to the end of the log as it is now.
    void find() {
        end = source.end();
        long until = end;
        while (until > first) {
            grownAt = -1;
            passes++;
            source.read(first, until, this::look);
            until = grownAt;
        }
        whole = true;
    }

    /// Those that were appended since, up to an offset.
    ///
    /// @return whether that is all of them; false: a new one hangs together with earlier ones that
    ///   were not taken, so [#find] is due again, and it stays so until then
    boolean extend(long to) {
        grownAt = -1;
        source.read(end, to, this::look);
        end = Math.max(end, to);
        whole &= grownAt < 0;
        return whole;
    }

    int size() {
        return events.size();
    }

    /// In the order of the log.
    List<SourceEvent> list() {
        return List.copyOf(events.values());
    }

    /// Kafka has the log from its beginning on.
    boolean isComplete() {
        return first == 0;
    }

    int passes() {
        return passes;
    }

    private void look(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null || events.containsKey(record.offset())) {
            return;
        }
        String recordKey = new String(record.key(), StandardCharsets.UTF_8);
        if (!projection.mayConcern(key, recordKey)) {
            return;
        }
        SpecificRecord event;
        Set<String> names;
        try {
            event = deserializer.deserialize(record.topic(), record.value());
            names = projection.names(recordKey, event);
        } catch (RetriableException away) {
            throw away;
        } catch (SerializationException deadLetter) {
            return; // as in the topology: of no row
        }
        String own = projection.ownName(event);
        if (Collections.disjoint(names, known) && (own == null || !known.contains(own))) {
            return;
        }
        if (known.addAll(names)) {
            grownAt = record.offset();
        }
        events.put(
                record.offset(),
                new SourceEvent(
                        record.offset(),
                        projection.recordedAt(event, Instant.ofEpochMilli(record.timestamp())),
                        recordKey,
                        event));
        if (events.size() > most) {
            throw new KeyRefusal(
                    Reason.HISTORY_TOO_LONG, "more than " + most + " events hang together with it");
        }
    }
}
