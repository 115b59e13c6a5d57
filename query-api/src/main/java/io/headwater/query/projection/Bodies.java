package io.headwater.query.projection;

import io.headwater.query.platform.web.Problem;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the bodies of all actions have in common: every member at fault is named at once.
final class Bodies {
    private Bodies() {}

    static JsonNode object(
            @Nullable JsonNode body, Set<String> members, List<Problem.FieldError> errors) {
        if (body == null || body.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!body.isObject()) {
            throw ProblemException.badParameter("body", "must be a JSON object");
        }
        body.propertyNames().stream()
                .filter(name -> !members.contains(name))
                .forEach(name -> errors.add(new Problem.FieldError(name, "is not known here")));
        return body;
    }

    static @Nullable Integer positive(
            JsonNode object, String member, List<Problem.FieldError> errors) {
        JsonNode given = object.path(member);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.intValue() < 1) {
            errors.add(
                    new Problem.FieldError(
                            member, "must be a whole number from 1 to " + Integer.MAX_VALUE));
            return null;
        }
        return given.intValue();
    }

    static void refuse(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID_PARAMETER,
                    errors.getFirst().field() + " " + errors.getFirst().message(),
                    errors);
        }
    }
}
