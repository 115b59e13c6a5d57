package io.headwater.schema;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Any record of the catalogue in the Confluent wire format: byte 0, the schema's id in 4 bytes,
/// Avro binary.
///
/// Subjects follow `TopicRecordNameStrategy` on catalogued topics, where only the allowed types
/// pass, and `RecordNameStrategy` on the topics that Streams makes for itself. Safe for use by many
/// threads.
///
/// source: Confluent wire format; numbers in docs/decisions/0002-serde.md
public final class AvroSerde<T extends SpecificRecord>
        implements Serde<T>, Serializer<T>, Deserializer<T> {

    private static final int HEADER = 5;

    private final SchemaIds ids;
    private final Map<Schema, Integer> idsBySchema = new ConcurrentHashMap<>();
    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final Map<Schema, RecordWriter> writers = new ConcurrentHashMap<>();

    /// Names of the records that a catalogued topic allows.
    private final Map<String, Set<String>> catalogue = new HashMap<>();

    public AvroSerde(SchemaIds ids) {
        this.ids = ids;
        for (var topic : Topics.all()) {
            catalogue.put(
                    topic.name(),
                    topic.records().stream().map(Class::getName).collect(Collectors.toSet()));
        }
    }

    /// @throws SerializationException when the type is not allowed on the topic or its schema was
    ///   never provisioned; because of a [SchemaUnavailableException] when the registry is away and
    ///   the schema is new
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        Schema schema = value.getSchema();
        var out = new ByteArrayEncoder(512);
        try {
            out.writeFixed(ByteBuffer.allocate(HEADER).putInt(1, idOf(topic, schema)));
            var writer = writers.get(schema);
            if (writer == null) {
                writer = writers.computeIfAbsent(schema, RecordWriter::new);
            }
            writer.write(value, out);
        } catch (IOException unavailable) {
            throw new SerializationException(
                    "no schema id for " + schema.getFullName(),
                    new SchemaUnavailableException(schema.getFullName(), unavailable));
        }
        return out.toByteArray();
    }

    /// @throws SerializationException when the bytes are not ours: wrong magic, unknown id, unknown
    ///   type, cut short
    /// @throws SchemaUnavailableException when the registry is away and the id is new: try again
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new SerializationException(
                    "not in the Confluent wire format, " + bytes.length + " bytes");
        }
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        var reader = readers.get(id);
        if (reader == null) {
            reader = readers.computeIfAbsent(id, this::readerOf);
        }
        try {
            var decoder =
                    DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            T value = reader.read(null, decoder);
            requireAllowed(topic, value.getSchema());
            return value;
        } catch (IOException | RuntimeException broken) {
            throw new SerializationException("cannot decode a record of schema id " + id, broken);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}

    private int idOf(String topic, Schema schema) throws IOException {
        requireAllowed(topic, schema);
        Integer known = idsBySchema.get(schema);
        if (known != null) {
            return known;
        }
        int id = ids.idOf(subject(topic, schema), schema);
        idsBySchema.put(schema, id);
        return id;
    }

    private void requireAllowed(String topic, Schema schema) {
        var allowed = catalogue.get(topic);
        if (allowed != null && !allowed.contains(schema.getFullName())) {
            throw new SerializationException(
                    schema.getFullName() + " is not allowed on topic " + topic);
        }
    }

    private String subject(String topic, Schema schema) {
        return catalogue.containsKey(topic)
                ? topic + "-" + schema.getFullName()
                : schema.getFullName();
    }

    private DatumReader<T> readerOf(int id) {
        try {
            Schema writer = ids.schemaOf(id);
            Class<?> type = SpecificData.get().getClass(writer);
            if (type == null) {
                throw new SerializationException(
                        "no class for schema " + writer.getFullName() + ", id " + id);
            }
            return new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type));
        } catch (SchemaIds.UnknownSchemaException unknown) {
            throw new SerializationException("schema id " + id + " is unknown", unknown);
        } catch (IOException away) {
            throw new SchemaUnavailableException("id " + id, away);
        }
    }

    /// The registry is away: not the record's fault, so it must be retried and never parked.
    public static final class SchemaUnavailableException extends RetriableException {
        SchemaUnavailableException(String schema, Throwable cause) {
            super("schema " + schema + " is not cached and the registry is away", cause);
        }
    }
}
