package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The questions of a lead form with their answers, as lists of pairs tell them: what is understood
/// becomes a field, and a mapping reaches every answer by its question, wherever in the list it
/// stands.
final class Answered {

    /// Where a mapped path finds them: `answers.which_floor`, `answers["Which floor?"]`.
    static final String ANSWERS = "answers";

    private final LeadFields fields;
    private final ObjectNode byQuestion = JsonNodeFactory.instance.objectNode();

    Answered(LeadFields fields) {
        this.fields = fields;
    }

    void add(@Nullable String question, @Nullable String answer) {
        Questions.answer(fields, question, answer);
        if (question != null && answer != null && !byQuestion.has(question)) {
            byQuestion.put(question, answer);
        }
    }

    /// @param body an object; its own member of this name counts more
    /// @return where mapped paths start: a copy of the body with the answers
    JsonNode besides(JsonNode body) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.set(ANSWERS, byQuestion);
        body.properties().forEach(member -> copy.set(member.getKey(), member.getValue()));
        return copy;
    }
}
