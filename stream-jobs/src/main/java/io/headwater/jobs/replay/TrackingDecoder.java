package io.headwater.jobs.replay;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Bytes of `tracking.events.v1` as objects of the archive. What nobody can read is kept as it is
/// under `unreadable/`, so that one bad record neither stops the archive nor disappears.
final class TrackingDecoder {

    private static final Logger log = LoggerFactory.getLogger(TrackingDecoder.class);

    private final AvroSerde<SpecificRecord> serde;
    private final PersonalKeys personal;
    private final SessionObjects objects = new SessionObjects();
    private final JsonMapper json = JsonMapper.builder().build();

    /// @param personal opens what is sealed
    TrackingDecoder(SchemaIds schemaIds, PersonalKeys personal) {
        serde = new AvroSerde<>(schemaIds);
        this.personal = personal;
    }

    /// @throws AvroSerde.SchemaUnavailableException when the registry must be asked and is away
    /// @throws io.headwater.vault.VaultUnavailableException when the vault must be asked and is
    ///   away
    /// @throws io.headwater.vault.AbsentKeyException when it does not know a key
    List<ArchiveObject> decode(List<ConsumerRecord<String, byte[]>> batch) {
        var readable = new ArrayList<TrackingRecord>();
        var all = new ArrayList<ArchiveObject>();
        for (var record : batch) {
            try {
                readable.add(read(record));
            } catch (SerializationException unreadable) {
                all.add(park(record, unreadable));
            }
        }
        try {
            all.addAll(objects.of(opened(readable)));
            return all;
        } catch (BrokenSealException | JacksonException changed) {
            // one of them, and not the others
            return batch.stream().flatMap(record -> alone(record).stream()).toList();
        }
    }

    private List<ArchiveObject> alone(ConsumerRecord<String, byte[]> record) {
        try {
            return objects.of(opened(List.of(read(record))));
        } catch (SerializationException | BrokenSealException | JacksonException unreadable) {
            return List.of(park(record, unreadable));
        }
    }

    /// With one look-up for the keys of all. What was erased is missing.
    private List<TrackingRecord> opened(List<TrackingRecord> records) {
        var values =
                personal.opened(records.stream().map(TrackingRecord::value).toList(), "")
                        .iterator();
        return records.stream()
                .map(one -> new TrackingRecord(one.partition(), one.offset(), values.next()))
                .toList();
    }

    private TrackingRecord read(ConsumerRecord<String, byte[]> record) {
        SpecificRecord value = serde.deserialize(record.topic(), record.value());
        if (value == null) {
            throw new SerializationException("a record without a value");
        }
        return new TrackingRecord(record.partition(), record.offset(), value);
    }

    private ArchiveObject park(ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        log.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("cause", cause.getMessage())
                .log("unreadable record kept aside");
        String key =
                "unreadable/%s/%d-%d.json"
                        .formatted(record.topic(), record.partition(), record.offset());
        byte @Nullable [] value = record.value();
        var kept =
                Map.of(
                        "partition", record.partition(),
                        "offset", record.offset(),
                        "timestamp", record.timestamp(),
                        "cause", String.valueOf(cause.getMessage()),
                        "value_base64",
                                value == null ? "" : Base64.getEncoder().encodeToString(value));
        return new ArchiveObject(key, json.writeValueAsBytes(kept), null, record.partition(), 0);
    }
}
