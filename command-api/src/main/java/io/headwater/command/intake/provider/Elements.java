package io.headwater.command.intake.provider;

import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Judges each element of a batch alone, so that one that cannot be read is no harm to its
/// neighbours: it waits in the quarantine instead.
public final class Elements {

    private static final Logger LOG = LoggerFactory.getLogger(Elements.class);

    private Elements() {}

    @FunctionalInterface
    public interface Judge {
        /// @param element of the innermost array
        /// @param body the whole body, with this element alone
        /// @throws UnreadableBodyException when the element is not what the provider sends
        Normalised of(JsonNode element, JsonNode body);
    }

    /// @param arrays names of nested arrays, outermost first: `entry`, `changes` for the elements
    ///   of `changes` of each element of `entry`; none: the body itself is the array
    /// @return what the judge says of each element, in order; `unexpected-shape` for a body without
    ///   such an array, and for what stands where an object with the next array is expected
    public static Normalised each(JsonNode body, List<String> arrays, Judge judge) {
        var parts = new ArrayList<Normalised>();
        if (arrays.isEmpty()) {
            if (!body.isArray()) {
                return unexpected(body, "the body must be an array");
            }
            for (JsonNode element : body) {
                JsonNode narrowed = JsonNodeFactory.instance.arrayNode().add(element);
                parts.add(guarded(narrowed, () -> judge.of(element, narrowed)));
            }
        } else {
            descend(body, arrays, 0, List.of(), judge, parts);
        }
        return parts.isEmpty() ? unexpected(body, "the body holds no item") : Normalised.all(parts);
    }

    /// @param above the objects that hold the current one, outermost first
    private static void descend(
            JsonNode holder,
            List<String> arrays,
            int depth,
            List<JsonNode> above,
            Judge judge,
            List<Normalised> parts) {
        var holders = new ArrayList<>(above);
        holders.add(holder);
        if (!(holder.path(arrays.get(depth)) instanceof ArrayNode array)) {
            parts.add(
                    unexpected(
                            above.isEmpty() ? holder : narrowed(above, arrays, holder),
                            arrays.get(depth) + " must be an array"));
            return;
        }
        for (JsonNode element : array) {
            if (depth + 1 < arrays.size()) {
                descend(element, arrays, depth + 1, holders, judge, parts);
            } else {
                JsonNode body = narrowed(holders, arrays, element);
                parts.add(guarded(body, () -> judge.of(element, body)));
            }
        }
    }

    /// @return the outermost holder whose arrays hold nothing but the way to the element
    private static JsonNode narrowed(
            List<JsonNode> holders, List<String> arrays, JsonNode element) {
        JsonNode inner = element;
        for (int i = holders.size() - 1; i >= 0; i--) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            String array = arrays.get(i);
            JsonNode only = inner;
            holders.get(i)
                    .properties()
                    .forEach(member ->
                            copy.set(
                                    member.getKey(),
                                    member.getKey().equals(array)
                                            ? JsonNodeFactory.instance.arrayNode().add(only)
                                            : member.getValue()));
            inner = copy;
        }
        return inner;
    }

    /// @param body what is kept when it cannot be read
    /// @return what the preset says; of a body that it cannot read, or fails at, one submission
    ///   that is quarantined
    public static Normalised guarded(JsonNode body, Supplier<Normalised> preset) {
        try {
            return preset.get();
        } catch (UnreadableBodyException | UnsupportedBodyException shape) {
            return unexpected(body, String.valueOf(shape.getMessage()));
        } catch (RuntimeException fault) {
            // its message may quote the payload
            LOG.atError()
                    .addKeyValue("fault", fault.getClass().getName())
                    .addKeyValue("at", place(fault))
                    .log("a preset failed; the payload is quarantined");
            return flawed(
                    body, ProblemType.PRESET_FAILED, "the preset failed; its operator must look");
        }
    }

    /// @param why no personal data
    public static Normalised unexpected(JsonNode body, String why) {
        return flawed(body, ProblemType.UNEXPECTED_SHAPE, why);
    }

    private static Normalised flawed(JsonNode body, ProblemType type, String why) {
        return Normalised.submission(
                new SubmissionItem(
                        new LeadFields(), null, body, new SubmissionItem.Flaw(type.slug(), why)));
    }

    private static String place(RuntimeException fault) {
        var trace = fault.getStackTrace();
        return trace.length == 0 ? "unknown" : trace[0].toString();
    }
}
