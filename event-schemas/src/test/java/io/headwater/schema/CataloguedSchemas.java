package io.headwater.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/// Everything that provisioning registers, and what it is made of.
final class CataloguedSchemas {

    private CataloguedSchemas() {}

    /// Each record type of a topic or of a state store, once, by full name.
    static SequencedCollection<Schema> all() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (var topic : Topics.all()) {
            topic.schemas().forEach(schema -> schemas.put(schema.getFullName(), schema));
        }
        for (var state : Topics.STATE) {
            Schema schema = SpecificData.get().getSchema(state);
            schemas.put(schema.getFullName(), schema);
        }
        return List.copyOf(schemas.values());
    }

    /// [#all()] and the records inside them.
    static SequencedCollection<Schema> records() {
        Map<String, Schema> records = new LinkedHashMap<>();
        all().forEach(schema -> collect(schema, records));
        return List.copyOf(records.values());
    }

    /// The type itself, without `["null", …]`, array or map around it.
    static Schema bare(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> bare(withoutNull(schema).getFirst());
            case ARRAY -> bare(schema.getElementType());
            case MAP -> bare(schema.getValueType());
            default -> schema;
        };
    }

    private static List<Schema> withoutNull(Schema union) {
        var types = new ArrayList<Schema>();
        for (Schema type : union.getTypes()) {
            if (type.getType() != Schema.Type.NULL) {
                types.add(type);
            }
        }
        return types;
    }

    private static void collect(Schema schema, Map<String, Schema> records) {
        if (schema.getType() == Schema.Type.RECORD
                && records.putIfAbsent(schema.getFullName(), schema) == null) {
            schema.getFields().forEach(field -> collect(bare(field.schema()), records));
        }
    }
}
