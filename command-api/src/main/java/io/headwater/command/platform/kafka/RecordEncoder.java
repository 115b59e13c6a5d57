package io.headwater.command.platform.kafka;

import io.headwater.command.platform.vault.RecordSealer;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;

/// Records to bytes on the caller's thread, personal data sealed: a record that cannot be written
/// fails its own request and no other, and the writing thread does nothing but write.
final class RecordEncoder {

    /// As the topics allow, less the framing.
    static final int MAX_BYTES = (4 << 20) - 4096;

    private final AvroSerde<SpecificRecord> serde;
    private final RecordSealer sealer;

    RecordEncoder(AvroSerde<SpecificRecord> serde, RecordSealer sealer) {
        this.serde = serde;
        this.sealer = sealer;
    }

    /// @param records of one request
    /// @throws io.headwater.vault.VaultUnavailableException when there is no key to seal with
    /// @throws LogUnavailableException when a schema id is not known and the registry is away
    /// @throws IllegalArgumentException when the record is larger than a topic takes
    List<ProducerRecord<byte[], byte[]>> encode(
            List<ProducerRecord<String, SpecificRecord>> records) {
        return sealer.sealed(records).stream().map(this::encode).toList();
    }

    private ProducerRecord<byte[], byte[]> encode(ProducerRecord<String, SpecificRecord> record) {
        byte[] value;
        try {
            value = serde.serialize(record.topic(), record.value());
        } catch (SerializationException | SchemaIds.UnknownSchemaException noSchema) {
            throw new LogUnavailableException("no schema for " + record.topic(), noSchema);
        }
        if (value != null && value.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a record of "
                            + value.length
                            + " bytes is more than "
                            + record.topic()
                            + " takes");
        }
        byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                key,
                value,
                record.headers());
    }
}
