package io.headwater.command.intake.imports;

import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One line of an import.
///
/// @param key by which the row is known when it comes again; null: the line is no row, or has none
/// @param content without the key
/// @param refusal why it is no row; null: it is one
record ImportRow(@Nullable String key, ObjectNode content, @Nullable RowVerdict refusal) {

    /// Of the member that holds the key.
    static final String KEY = "import_key";

    private static final Pattern USABLE = Pattern.compile("\\S.{0,253}\\S|\\S");

    static ImportRow of(String line) {
        var row = unkeyed(line);
        if (row.refusal() != null) {
            return row;
        }
        String key = Json.text(row.content().get(KEY));
        if (key == null || !USABLE.matcher(key).matches()) {
            return broken(KEY + " must hold 1 to 255 characters");
        }
        row.content().remove(KEY);
        return new ImportRow(key, row.content(), null);
    }

    /// A row that is known by what it holds.
    static ImportRow unkeyed(String line) {
        try {
            return Json.clean(Json.read(line)) instanceof ObjectNode object
                    ? new ImportRow(null, object, null)
                    : broken("the line is no JSON object");
        } catch (UnreadableBodyException unreadable) {
            return broken(String.valueOf(unreadable.getMessage()));
        }
    }

    private static ImportRow broken(String why) {
        return new ImportRow(
                null,
                JsonNodeFactory.instance.objectNode(),
                RowVerdict.refused(null, null, ProblemType.MALFORMED_BODY, why));
    }
}
