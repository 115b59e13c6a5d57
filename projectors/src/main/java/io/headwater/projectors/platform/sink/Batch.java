package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.RowKey;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// What one transaction writes: the newest record of every key, by table and sorted by key, so that
/// two writers lock rows in the same order.
final class Batch {

    /// @param row null: the row is to go
    record Change(ConsumerRecord<byte[], byte[]> source, String key, @Nullable SpecificRecord row) {

        Change with(SpecificRecord next) {
            return new Change(source, key, next);
        }

        /// @throws BrokenSealException when somebody changed the row
        Change opened(PersonalKeys personal) {
            return row == null ? this : with(personal.opened(row, ""));
        }
    }

    private final Map<String, List<Change>> changes = new TreeMap<>();
    private final List<Parking.Parked> parked = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private final Map<TopicPartition, Integer> read = new HashMap<>();

    private Batch() {}

    /// @param viewTopic records of other topics are dead letters
    /// @param parkedKeys keys whose records are kept aside
    static Batch of(
            ConsumerRecords<byte[], byte[]> records,
            String viewTopic,
            Set<String> parkedKeys,
            Deserializer<SpecificRecord> deserializer) {
        var batch = new Batch();
        Map<String, ConsumerRecord<byte[], byte[]>> newest =
                LinkedHashMap.newLinkedHashMap(records.count());
        for (TopicPartition partition : records.partitions()) {
            var ofPartition = records.records(partition);
            batch.read.put(partition, ofPartition.size());
            if (!partition.topic().equals(viewTopic)) {
                batch.deadLetters.addAll(ofPartition);
                continue;
            }
            for (var record : ofPartition) {
                String key = key(record);
                if (parkedKeys.contains(key)) {
                    batch.parked.add(new Parking.Parked(record, key, "00000", Parking.BEHIND));
                } else {
                    newest.put(key, record);
                }
            }
        }
        newest.forEach((key, record) -> batch.add(key, record, deserializer));
        batch.changes.values().forEach(list -> list.sort((a, b) -> a.key().compareTo(b.key())));
        return batch;
    }

    /// Opens what is personal in the rows, with one look-up for the keys of all.
    ///
    /// A row that cannot be opened is parked: somebody changed it, and the others go on.
    void open(PersonalKeys personal) {
        for (var table : changes.entrySet()) {
            var rows =
                    table.getValue().stream()
                            .map(Change::row)
                            .filter(Objects::nonNull)
                            .map(Objects::requireNonNull)
                            .toList();
            try {
                var opened = personal.opened(rows, "").iterator();
                table.getValue()
                        .replaceAll(change ->
                                change.row() == null ? change : change.with(opened.next()));
            } catch (BrokenSealException _) {
                openEach(table.getValue(), personal);
            }
        }
    }

    private void openEach(List<Change> changes, PersonalKeys personal) {
        var opened = new ArrayList<Change>(changes.size());
        for (var change : changes) {
            try {
                opened.add(change.opened(personal));
            } catch (BrokenSealException broken) {
                parked.add(
                        new Parking.Parked(
                                change.source(), change.key(), "SEAL", SqlErrors.summary(broken)));
            }
        }
        changes.clear();
        changes.addAll(opened);
    }

    /// Changes by name of the table.
    Map<String, List<Change>> changes() {
        return changes;
    }

    /// Known to be unusable before Postgres saw them.
    List<Parking.Parked> parked() {
        return parked;
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return deadLetters;
    }

    Move move(Claim claim, long to, long end) {
        var partition = new TopicPartition(claim.topic(), claim.part());
        int count = read.getOrDefault(partition, 0);
        long aside = parkedOf(parked, claim);
        long skipped =
                deadLetters.stream()
                        .filter(letter -> letter.topic().equals(claim.topic()))
                        .filter(letter -> letter.partition() == claim.part())
                        .count();
        return new Move(claim, to, end, count, aside, skipped);
    }

    static long parkedOf(List<Parking.Parked> parked, Claim claim) {
        return parked.stream()
                .filter(p -> p.source().topic().equals(claim.topic()))
                .filter(p -> p.source().partition() == claim.part())
                .count();
    }

    private void add(
            String key,
            ConsumerRecord<byte[], byte[]> record,
            Deserializer<SpecificRecord> deserializer) {
        Change change;
        try {
            change = change(record, key, deserializer);
        } catch (SerializationException undecodable) {
            parked.add(new Parking.Parked(record, key, "DECODE", SqlErrors.summary(undecodable)));
            return;
        }
        SpecificRecord row = change.row();
        String table = row == null ? RowKey.tableOf(key) : RowKey.table(row.getSchema());
        changes.computeIfAbsent(table, unseen -> new ArrayList<>()).add(change);
    }

    /// @throws SerializationException when it cannot be decoded
    static Change change(
            ConsumerRecord<byte[], byte[]> record,
            String key,
            Deserializer<SpecificRecord> deserializer) {
        return new Change(record, key, deserializer.deserialize(record.topic(), record.value()));
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return "";
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        return key.indexOf('\0') < 0 ? key : key.replace("\0", "");
    }
}
