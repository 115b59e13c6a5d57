package io.headwater.projectors.platform.privacy;

import io.headwater.projectors.platform.RowKey;
import io.headwater.vault.KeyLinks.Traces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/// The personal columns of a table, and how the rows of a person are found in it; both as the
/// schema of its rows says.
///
/// @param table without its schema
/// @param columns whose fields are `"pii": true`
/// @param people columns that name whose row it is
record PersonalColumns(String table, List<String> columns, List<String> people) {

    /// One of these in a row says whose it is.
    private static final List<String> OF_PEOPLE = List.of("lead_id", "submission_id", "fact_id");

    /// Else one of these: a delivery may have brought many people, and its row shows its body only.
    private static final List<String> OF_REQUESTS = List.of("receipt_id", "session_id");

    /// @return empty when the rows show nothing personal
    /// @throws IllegalStateException when they do, and nothing says whose they are
    static Optional<PersonalColumns> of(Schema row) {
        var personal =
                row.getFields().stream()
                        .filter(field -> Boolean.TRUE.equals(field.getObjectProp("pii")))
                        .map(Schema.Field::name)
                        .toList();
        if (personal.isEmpty()) {
            return Optional.empty();
        }
        var people = present(row, OF_PEOPLE);
        if (people.isEmpty()) {
            people = present(row, OF_REQUESTS);
        }
        if (people.isEmpty()) {
            throw new IllegalStateException(
                    row.getFullName() + " has personal columns and does not say whose they are");
        }
        return Optional.of(new PersonalColumns(RowKey.table(row), personal, people));
    }

    private static List<String> present(Schema row, List<String> names) {
        return names.stream().filter(name -> row.getField(name) != null).toList();
    }

    /// Ids of a person by the name of the column that has them.
    static Map<String, String[]> ids(String leadId, Traces traces) {
        var ids = new LinkedHashMap<String, String[]>();
        ids.put("lead_id", new String[] {leadId});
        ids.put("submission_id", traces.submissions().toArray(String[]::new));
        ids.put("fact_id", traces.facts().toArray(String[]::new));
        ids.put("receipt_id", traces.receipts().toArray(String[]::new));
        ids.put("session_id", traces.sessions().toArray(String[]::new));
        return ids;
    }

    /// Clears what is not clear yet, by named parameters of [#ids].
    String clear(String schema) {
        var some = new ArrayList<String>();
        columns.forEach(column -> some.add(column + " is not null"));
        return "update %s.%s set %s where (%s) and (%s)"
                .formatted(
                        schema,
                        table,
                        columns.stream()
                                .map(column -> column + " = null")
                                .collect(Collectors.joining(", ")),
                        people.stream()
                                .map(column -> column + " = any (:" + column + ")")
                                .collect(Collectors.joining(" or ")),
                        String.join(" or ", some));
    }
}
