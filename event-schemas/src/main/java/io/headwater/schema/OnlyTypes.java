package io.headwater.schema;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Decodes the records of some types and leaves out the others by the id in their first bytes: a
/// few starts of sessions among many batches of events cost little.
public final class OnlyTypes implements Deserializer<SpecificRecord> {

    private static final int HEADER = 5;

    private final Predicate<String> wanted;
    private final SchemaIds ids;
    private final AvroSerde<SpecificRecord> serde;
    private final Map<Integer, Boolean> wantedIds = new ConcurrentHashMap<>();

    /// @param wanted by full name
    public OnlyTypes(Predicate<String> wanted, SchemaIds ids) {
        this.wanted = wanted;
        this.ids = ids;
        this.serde = new AvroSerde<>(ids);
    }

    /// @return null for a record of another type
    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes != null && bytes.length >= HEADER && bytes[0] == 0) {
            int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
            Boolean decode = wantedIds.get(id);
            if (decode == null) {
                decode = isWanted(id);
            }
            if (!decode) {
                return null;
            }
        }
        return serde.deserialize(topic, bytes);
    }

    /// An id that cannot be looked up is left to the serde, which knows what that means.
    private boolean isWanted(int id) {
        try {
            boolean is = wanted.test(ids.schemaOf(id).getFullName());
            wantedIds.put(id, is);
            return is;
        } catch (IOException | SchemaIds.UnknownSchemaException unknown) {
            return true;
        }
    }
}
