package io.headwater.command.access.admin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a form's schema may say, see `docs/forms.md`. A form that cannot be shown is refused when
/// it is written, not when somebody looks at it.
final class FormSchema {

    private static final int MOST_FIELDS = 100;
    private static final int MOST_OPTIONS = 500;
    private static final int MOST_PURPOSES = 10;
    private static final int LINE = 200;
    private static final int PARAGRAPH = 2_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final String NAME_WORDS =
            "a letter or underscore, then letters, digits, dots, dashes and underscores, at most"
                    + " 100";
    private static final Pattern PURPOSE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*+");

    /// No braces, semicolons, escapes or functions that load something.
    private static final Pattern CSS_VALUE = Pattern.compile("[#A-Za-z0-9 ,.%()'\"/+-]{1,200}");

    private static final Set<String> TYPES =
            Set.of(
                    "text",
                    "email",
                    "tel",
                    "number",
                    "date",
                    "textarea",
                    "select",
                    "radio",
                    "checkbox",
                    "consent");
    private static final Set<String> CHOICES = Set.of("select", "radio");

    /// Names that the script or lead capture uses for itself.
    private static final Set<String> RESERVED =
            Set.of(
                    "sitekey",
                    "formid",
                    "__pg_website",
                    "__pg_hp",
                    "__pg_tts",
                    "__visitor_id",
                    "consents");

    static final Set<String> THEME =
            Set.of(
                    "accent",
                    "accent-text",
                    "background",
                    "border",
                    "error",
                    "font",
                    "gap",
                    "radius",
                    "text");
    private static final Set<String> MESSAGES =
            Set.of(
                    "required",
                    "email",
                    "tel",
                    "number",
                    "min",
                    "max",
                    "step",
                    "date",
                    "min_length",
                    "max_length",
                    "pattern",
                    "choice",
                    "summary",
                    "failed",
                    "sending",
                    "next",
                    "back",
                    "step_of",
                    "optional");

    private final Members schema;
    private final Set<String> names = new HashSet<>();

    private FormSchema(Members schema) {
        this.schema = schema;
    }

    /// Tells `schema` what is wrong with it.
    static void check(Members schema) {
        new FormSchema(schema).check();
    }

    private void check() {
        schema.text("title", LINE);
        schema.text("description", PARAGRAPH);
        schema.text("lang", LANGUAGE, "a language tag such as en or pt-BR");
        schema.text("submit_label", LINE);
        schema.text("thank_you", PARAGRAPH);
        known("theme", THEME, CSS_VALUE, "colours, lengths or font names");
        known("messages", MESSAGES, null, "");
        var hidden = schema.map("hidden", MOST_FIELDS, PARAGRAPH);
        if (hidden != null) {
            hidden.keySet().forEach(name -> claim(schema, "hidden." + name, name));
        }
        var fields = schema.objects("fields", MOST_FIELDS);
        if (fields != null) {
            fields.forEach(this::field);
        }
        var steps = schema.objects("steps", MOST_FIELDS);
        if (steps != null) {
            steps(steps);
        }
    }

    private void known(String member, Set<String> allowed, @Nullable Pattern form, String what) {
        Map<String, String> given = schema.map(member, MOST_FIELDS, LINE);
        if (given == null) {
            return;
        }
        given.forEach((name, value) -> {
            if (!allowed.contains(name)) {
                schema.wrong(
                        member + "." + name,
                        "is none of " + String.join(", ", allowed.stream().sorted().toList()));
            } else if (form != null && (!form.matcher(value).matches() || value.contains("url("))) {
                schema.wrong(member + "." + name, "may hold " + what + " only");
            }
        });
    }

    /// @param member what the error is told about
    private void claim(Members owner, String member, String name) {
        if (!NAME.matcher(name).matches()) {
            owner.wrong(member, "must be " + NAME_WORDS);
        } else if (RESERVED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            owner.wrong(member, "is used by the form itself");
        } else if (!names.add(name)) {
            owner.wrong(member, "is that of another field");
        }
    }

    private void field(Members field) {
        String name = field.text("name", LINE);
        String type = field.text("type", LINE);
        if (name == null) {
            field.wrong("name", "is required");
        } else {
            claim(field, "name", name);
        }
        if (type == null) {
            field.wrong("type", "is required");
        } else if (!TYPES.contains(type)) {
            field.wrong(
                    "type", "is none of " + String.join(", ", TYPES.stream().sorted().toList()));
        }
        if (field.text("label", PARAGRAPH) == null) {
            field.wrong("label", "is required: people who do not see the form hear it");
        }
        field.text("help", PARAGRAPH);
        field.text("placeholder", LINE);
        field.text("autocomplete", LINE);
        field.flag("required");
        field.text("message", LINE);
        if ("consent".equals(type)) {
            field.texts("purposes", MOST_PURPOSES, PURPOSE, "a word such as phone");
            field.text("version", LINE);
        }
        if (type != null) {
            options(field, type);
            limits(field, type);
        }
    }

    private static void options(Members field, String type) {
        var node = field.node("options");
        if (node == null) {
            if (CHOICES.contains(type)) {
                field.wrong("options", "is required for " + type);
            }
            return;
        }
        if (!CHOICES.contains(type) && !type.equals("checkbox")) {
            field.wrong("options", "does not fit " + type);
        } else if (!node.isArray() || node.isEmpty() || node.size() > MOST_OPTIONS) {
            field.wrong("options", "must be a list of 1 to " + MOST_OPTIONS + " options");
        } else {
            var values = new HashSet<String>();
            for (int i = 0; i < node.size(); i++) {
                var option = node.get(i);
                var value = option.isObject() ? option.path("value") : option;
                boolean labelled = !option.isObject() || option.path("label").isString();
                if (!value.isString() || value.stringValue().length() > LINE || !labelled) {
                    field.wrong("options[" + i + "]", "must be text or {value, label}, both text");
                } else if (!values.add(value.stringValue())) {
                    field.wrong("options[" + i + "]", "is there twice");
                }
            }
        }
    }

    private static void limits(Members field, String type) {
        switch (type) {
            case "number" -> {
                for (String limit : List.of("min", "max", "step")) {
                    var node = field.node(limit);
                    if (node != null && !node.isNumber()) {
                        field.wrong(limit, "must be a number");
                    }
                }
                var min = field.node("min");
                var max = field.node("max");
                if (min != null
                        && max != null
                        && min.isNumber()
                        && max.isNumber()
                        && min.decimalValue().compareTo(max.decimalValue()) > 0) {
                    field.wrong("min", "must not be above max");
                }
            }
            case "date" -> {
                var day = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
                field.text("min", day, "a date such as 2026-03-01");
                field.text("max", day, "a date such as 2026-03-01");
            }
            case "text", "email", "tel", "textarea" -> {
                Integer least = field.smallNumber("min_length", 0, PARAGRAPH);
                Integer most = field.smallNumber("max_length", 1, 100_000);
                if (least != null && most != null && least > most) {
                    field.wrong("min_length", "must not be above max_length");
                }
                field.smallNumber("rows", 1, 50);
                pattern(field);
            }
            default -> {
                // choices have no limits of their own
            }
        }
    }

    private static void pattern(Members field) {
        String pattern = field.text("pattern", LINE);
        try {
            if (pattern != null) {
                Pattern.compile(pattern);
            }
        } catch (PatternSyntaxException broken) {
            field.wrong("pattern", "is no regular expression: " + broken.getDescription());
        }
    }

    /// Every field has its place in exactly one step, or the form would skip it.
    private void steps(List<Members> steps) {
        var placed = new HashSet<String>();
        for (var step : steps) {
            step.text("title", LINE);
            var fields = step.texts("fields", MOST_FIELDS, NAME, NAME_WORDS);
            if (fields == null || fields.isEmpty()) {
                step.wrong("fields", "is required");
                continue;
            }
            for (String name : fields) {
                if (!names.contains(name)) {
                    step.wrong("fields", "names " + name + ", which is no field of the form");
                } else if (!placed.add(name)) {
                    step.wrong("fields", "names " + name + ", which is in a step already");
                }
            }
        }
        var fields = schema.node("fields");
        if (fields != null) {
            fields.valueStream()
                    .map(field -> field.path("name").asString(""))
                    .filter(name -> names.contains(name) && !placed.contains(name))
                    .forEach(name -> schema.wrong("steps", "has no place for the field " + name));
        }
    }
}
