package io.headwater.command.intake.quarantine;

import static io.headwater.command.intake.LeadField.*;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an administrator changes of a submission.
///
/// @param values null clears the field
record SubmissionEdit(Map<LeadField, @Nullable String> values) {

    static final SubmissionEdit NONE = new SubmissionEdit(Map.of());

    /// Problems that are about one field, and are over only when that was changed.
    private static final Map<String, LeadField> ABOUT =
            Map.of(
                    ProblemType.INVALID_EMAIL.slug(), EMAIL,
                    ProblemType.INVALID_TIMESTAMP.slug(), SUBMITTED_AT,
                    ProblemType.ABSURD_TIMESTAMP.slug(), SUBMITTED_AT);

    private static final Set<LeadField> NAMES = Set.of(FIRST_NAME, LAST_NAME);

    /// @param fields lead field, under any of its names, to a text, number, boolean or null
    /// @throws io.headwater.command.platform.web.ProblemException 400 naming each field that cannot
    ///   be, or for what is no object
    static SubmissionEdit of(JsonNode fields) {
        if (!fields.isObject()) {
            throw ProblemType.MALFORMED_BODY
                    .with("The body must be one object of lead fields.")
                    .asException();
        }
        var errors = new ArrayList<FieldError>();
        var values = new EnumMap<LeadField, @Nullable String>(LeadField.class);
        fields.properties()
                .forEach(member -> {
                    String name = member.getKey();
                    LeadField field = LeadField.named(name);
                    String wrong =
                            field == null
                                    ? "is no field of a lead"
                                    : LeadField.OF_CONSENT.contains(field)
                                            ? "is about consent, which nobody edits"
                                            : wrong(field, member.getValue());
                    if (wrong != null) {
                        errors.add(new FieldError(name, wrong));
                    } else if (values.containsKey(field)) {
                        errors.add(new FieldError(name, "is the same field as another one"));
                    } else {
                        values.put(field, Json.text(member.getValue()));
                    }
                });
        if (!errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
        return new SubmissionEdit(values);
    }

    private static @Nullable String wrong(LeadField field, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        String text = value.isContainer() ? null : Json.text(value);
        if (text == null) {
            return "must be a text, a number, true, false or null";
        }
        if (text.isBlank()) {
            return "is blank; null clears the field";
        }
        return text.length() > field.limit()
                ? "is longer than %d characters".formatted(field.limit())
                : null;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// A name is one thing: who gives a whole one replaces its parts, and the other way round.
    void applyTo(LeadFields fields) {
        if (values.containsKey(FULL_NAME) && NAMES.stream().noneMatch(values::containsKey)) {
            NAMES.forEach(fields::clear);
        } else if (NAMES.stream().anyMatch(values::containsKey) && !values.containsKey(FULL_NAME)) {
            fields.clear(FULL_NAME);
        }
        values.forEach((field, value) -> {
            fields.clear(field);
            fields.put(field, value);
        });
    }

    /// @return whether the problem is still there, whatever the fields say: nothing of what it is
    ///   about was changed
    boolean leaves(String problem) {
        LeadField about = ABOUT.get(problem);
        return problem.equals(ProblemType.CAP_REACHED.slug())
                || (about != null && !values.containsKey(about));
    }
}
