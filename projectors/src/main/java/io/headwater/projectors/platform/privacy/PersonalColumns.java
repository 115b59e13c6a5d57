package io.headwater.projectors.platform.privacy;

import io.headwater.schema.ViewTable;
import io.headwater.vault.KeyLinks.Traces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The personal columns of a table, and how the rows of a person are found in it.
///
/// @param table has some
record PersonalColumns(ViewTable table) {

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
        table.personal().forEach(column -> some.add(column + " is not null"));
        return "update %s.%s set %s where (%s) and (%s)"
                .formatted(
                        schema,
                        table.name(),
                        table.personal().stream()
                                .map(column -> column + " = null")
                                .collect(Collectors.joining(", ")),
                        table.people().stream()
                                .map(column -> column + " = any (:" + column + ")")
                                .collect(Collectors.joining(" or ")),
                        String.join(" or ", some));
    }
}
