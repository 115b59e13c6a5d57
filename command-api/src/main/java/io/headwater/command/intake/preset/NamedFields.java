package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds the fields of a lead by their names in a body whose shape nobody described: at the top;
/// inside of what is called a lead, a contact, data …; in names that were flattened by Zapier or
/// Make (`lead__email`, `contact.phone`, `data[name]`); in lists of name and value; and at last by
/// the words of a question. What is found first counts.
final class NamedFields {

    /// What a person's fields may stand in. The rest, an `owner` or a `location`, is not the
    /// person. As [LeadField#canonical] spells them.
    private static final Set<String> HOLDERS =
            Set.of(
                    "answers",
                    "attributes",
                    "body",
                    "contact",
                    "customer",
                    "customfields",
                    "data",
                    "fields",
                    "form",
                    "formdata",
                    "lead",
                    "payload",
                    "person",
                    "properties",
                    "responses",
                    "submission",
                    "traits",
                    "user",
                    "values");

    private static final Set<String> LANDINGS =
            Set.of("landingurl", "landingpage", "landingpageurl", "sourceurl", "formurl");

    private static final List<String> LABELS =
            List.of("name", "label", "key", "question", "title", "field");
    private static final List<String> VALUES = List.of("value", "answer", "values", "response");

    private static final Pattern FLATTENED = Pattern.compile("__|[.\\[\\]]+");
    private static final int DEEPEST = 4;

    private final LeadFields fields = new LeadFields();

    private NamedFields() {}

    static LeadFields in(JsonNode body) {
        var found = new NamedFields();
        found.named(body, 0);
        found.asked(body, 0);
        Links.campaign(found.fields, found.fields.get(LeadField.PAGE_URL));
        return found.fields;
    }

    private void named(JsonNode holder, int depth) {
        holder.properties()
                .forEach(member -> {
                    LeadField field = LeadField.named(member.getKey());
                    if (field != null) {
                        fields.putIfAbsent(field, member.getValue());
                    } else if (LANDINGS.contains(LeadField.canonical(member.getKey()))) {
                        Links.page(fields, Paths.text(holder, quoted(member.getKey())));
                    }
                });
        holder.properties()
                .forEach(member -> {
                    LeadField field = flattened(member.getKey());
                    if (field != null) {
                        fields.putIfAbsent(field, member.getValue());
                    }
                });
        fields.addConsentsOf(holder);
        if (depth < DEEPEST) {
            holder.properties()
                    .forEach(member -> {
                        if (holds(member.getKey())) {
                            named(member.getValue(), depth + 1);
                        }
                    });
        }
    }

    private void asked(JsonNode holder, int depth) {
        if (holder.isArray()) {
            for (JsonNode pair : holder) {
                Questions.answer(fields, first(pair, LABELS), first(pair, VALUES));
            }
            return;
        }
        Questions.answers(fields, holder);
        if (depth < DEEPEST) {
            holder.properties()
                    .forEach(member -> {
                        if (holds(member.getKey())) {
                            asked(member.getValue(), depth + 1);
                        }
                    });
        }
    }

    private static boolean holds(String name) {
        return HOLDERS.contains(LeadField.canonical(name));
    }

    private static @Nullable LeadField flattened(String name) {
        if (!FLATTENED.matcher(name).find()) {
            return null;
        }
        String[] steps =
                Arrays.stream(FLATTENED.split(name))
                        .filter(step -> !step.isEmpty())
                        .toArray(String[]::new);
        for (int i = 0; i < steps.length - 1; i++) {
            if (!holds(steps[i])) {
                return null;
            }
        }
        return steps.length < 2 ? null : LeadField.named(steps[steps.length - 1]);
    }

    private static @Nullable String first(JsonNode pair, List<String> names) {
        return Paths.first(pair, names.toArray(String[]::new));
    }

    private static String quoted(String name) {
        return "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
}
