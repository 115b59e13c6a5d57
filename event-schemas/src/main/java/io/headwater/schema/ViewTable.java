package io.headwater.schema;

import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/// A table of the read models, and whose rows it has, as the schema of its rows says. What forgets
/// people and what tells them all that is known of them both go by this.
///
/// @param projection whose generations have it
/// @param name of the table, and of the view of the live one in `read`
/// @param columns all, as the schema has them
/// @param key those of the primary key
/// @param personal columns whose fields are `"pii": true`
/// @param people columns that name whose row it is, by ids of them; empty: it has figures only
public record ViewTable(
        String projection,
        String name,
        List<String> columns,
        List<String> key,
        List<String> personal,
        List<String> people) {

    /// One of these in a row says whose it is.
    private static final List<String> OF_PEOPLE = List.of("lead_id", "submission_id", "fact_id");

    /// Else one of these: a delivery may have brought many people, and its row shows its body only.
    private static final List<String> OF_REQUESTS = List.of("receipt_id", "session_id");

    /// All, by projection and name.
    public static List<ViewTable> all() {
        return ViewRecords.ALL.entrySet().stream()
                .flatMap(view ->
                        view.getValue().stream()
                                .map(type -> of(view.getKey(), SpecificData.get().getSchema(type))))
                .sorted(Comparator.comparing(ViewTable::projection).thenComparing(ViewTable::name))
                .toList();
    }

    /// @throws IllegalArgumentException when the schema names no table or no key
    /// @throws IllegalStateException when its rows are personal and nothing says whose they are
    public static ViewTable of(String projection, Schema row) {
        if (!(row.getObjectProp("table") instanceof String name)
                || !(row.getObjectProp("key") instanceof List<?> key)) {
            throw new IllegalArgumentException(row.getFullName() + " names no table or no key");
        }
        var personal =
                row.getFields().stream()
                        .filter(field -> Boolean.TRUE.equals(field.getObjectProp("pii")))
                        .map(Schema.Field::name)
                        .toList();
        var people = present(row, OF_PEOPLE);
        if (people.isEmpty()) {
            people = present(row, OF_REQUESTS);
        }
        if (people.isEmpty() && !personal.isEmpty()) {
            throw new IllegalStateException(
                    row.getFullName() + " has personal columns and does not say whose they are");
        }
        return new ViewTable(
                projection,
                name,
                row.getFields().stream().map(Schema.Field::name).toList(),
                key.stream().map(Object::toString).toList(),
                personal,
                people);
    }

    private static List<String> present(Schema row, List<String> names) {
        return names.stream().filter(name -> row.getField(name) != null).toList();
    }
}
