package io.headwater.projectors.platform.sink;

import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.json.JsonMapper;

/// One column of a table: which field it is made of and how that is written.
final class Column {

    /// Kinds of fields and the types of their columns.
    private enum Kind {
        TEXT("text"),
        INTEGER("integer"),
        BIGINT("bigint"),
        DOUBLE("double precision"),
        BOOLEAN("boolean"),
        TIMESTAMP("timestamptz"),
        PERSONAL("text"),
        TEXTS("text[]"),
        MAP("jsonb");

        private final String sqlType;

        Kind(String sqlType) {
            this.sqlType = sqlType;
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;
    private final int position;
    private final Kind kind;

    Column(Schema.Field field) {
        name = field.name();
        position = field.pos();
        kind = kindOf(field.schema());
    }

    String name() {
        return name;
    }

    String sqlType() {
        return kind.sqlType;
    }

    /// @return SQL that turns a parameter with the text of a row key into a value of this column
    String fromKey() {
        return kind == Kind.TIMESTAMP
                ? "timestamptz 'epoch' + cast(? as bigint) * interval '1 millisecond'"
                : "cast(? as " + kind.sqlType + ")";
    }

    /// @throws IllegalStateException when personal data is sealed by an unknown algorithm
    void write(CopyBuffer out, SpecificRecord row) {
        Object value = row.get(position);
        if (value == null) {
            out.nothing();
            return;
        }
        switch (kind) {
            case TEXT -> out.text((String) value);
            case INTEGER -> out.integer((int) value);
            case BIGINT -> out.bigint((long) value);
            case DOUBLE -> out.bigint(Double.doubleToLongBits((double) value));
            case BOOLEAN -> out.bool((boolean) value);
            case TIMESTAMP -> out.timestamp(((Instant) value).toEpochMilli());
            case PERSONAL -> out.text(PersonalData.opened((Pii) value));
            case TEXTS -> out.texts((List<?>) value);
            case MAP -> out.json(json((Map<?, ?>) value));
        }
    }

    /// Sorted by name, so that equal maps are equal rows; without NUL, which Postgres does not
    /// store.
    private static String json(Map<?, ?> texts) {
        var sorted = new TreeMap<String, String>();
        texts.forEach((name, text) -> sorted.put(clean(name), clean(text)));
        return JSON.writeValueAsString(sorted);
    }

    private static String clean(Object text) {
        return text.toString().replace("\0", "");
    }

    private static Kind kindOf(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                    kindOf(
                            schema.getTypes().stream()
                                    .filter(type -> type.getType() != Schema.Type.NULL)
                                    .findFirst()
                                    .orElseThrow());
            case STRING -> Kind.TEXT;
            case INT -> Kind.INTEGER;
            case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? Kind.TIMESTAMP
                            : Kind.BIGINT;
            case DOUBLE -> Kind.DOUBLE;
            case BOOLEAN -> Kind.BOOLEAN;
            case RECORD -> Kind.PERSONAL;
            case ARRAY -> of(Kind.TEXTS, schema.getElementType());
            case MAP -> of(Kind.MAP, schema.getValueType());
            default -> throw new IllegalArgumentException("no column for the type " + schema);
        };
    }

    private static Kind of(Kind kind, Schema element) {
        if (element.getType() != Schema.Type.STRING) {
            throw new IllegalArgumentException("no column for many of the type " + element);
        }
        return kind;
    }
}
