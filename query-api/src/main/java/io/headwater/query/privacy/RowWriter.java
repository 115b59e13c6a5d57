package io.headwater.query.privacy;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Rows of any table as JSON: columns as they are called, moments in UTC, `jsonb` as what it holds.
final class RowWriter {
    private final JsonGenerator out;

    RowWriter(JsonGenerator out) {
        this.out = out;
    }

    /// @param hidden columns that are written as null
    void write(ResultSet row, Set<String> hidden) throws SQLException {
        ResultSetMetaData table = row.getMetaData();
        out.writeStartObject();
        for (int i = 1; i <= table.getColumnCount(); i++) {
            String column = table.getColumnLabel(i);
            out.writeName(column);
            if (hidden.contains(column)) {
                out.writeNull();
            } else {
                value(row, i, table.getColumnTypeName(i));
            }
        }
        out.writeEndObject();
    }

    private void value(ResultSet row, int i, String type) throws SQLException {
        if (row.getObject(i) == null) {
            out.writeNull();
            return;
        }
        switch (type) {
            case "timestamptz" ->
                    out.writeString(row.getObject(i, OffsetDateTime.class).toInstant().toString());
            case "jsonb", "json" -> out.writeRawValue(row.getString(i));
            case "int2", "int4", "int8" -> out.writeNumber(row.getLong(i));
            case "float4", "float8" -> out.writeNumber(row.getDouble(i));
            case "numeric" -> out.writeNumber(row.getBigDecimal(i));
            case "bool" -> out.writeBoolean(row.getBoolean(i));
            case "_text" -> texts(row.getArray(i));
            default -> out.writeString(row.getString(i));
        }
    }

    private void texts(Array array) throws SQLException {
        out.writeStartArray();
        for (Object text : (Object[]) array.getArray()) {
            out.writeString(String.valueOf(text));
        }
        out.writeEndArray();
    }
}
