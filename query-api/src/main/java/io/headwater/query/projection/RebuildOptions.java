package io.headwater.query.projection;

import io.headwater.query.platform.web.Problem;
import io.headwater.query.platform.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a rebuild or a verification is asked with.
record RebuildOptions(
        @Schema(description = "source records per second to read at most", minimum = "1")
                @Nullable Integer maxRate,
        @Schema(description = "table, or table.column, that may differ from the live generation")
                List<String> expected,
        @Schema(
                        description =
                                "where its first rows come from: the topics, or the archive as far as it goes and then the topics",
                        allowableValues = {"kafka", "archive"})
                String from,
        @Schema(
                        description =
                                "of a verification: so many keys of the live tables, picked at random,"
                                        + " are compared with what their events give, instead of everything",
                        minimum = "1",
                        maximum = "1000")
                @Nullable Integer sample) {
    private static final String FROM = "from";
    private static final String KAFKA = "kafka";
    private static final List<String> LOGS = List.of(KAFKA, "archive");

    private static final String MAX_RATE = "max_rate";
    private static final String EXPECTED = "expected";
    private static final String SAMPLE = "sample";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)?");

    /// Of names that are expected to differ.
    private static final int MOST = 100;

    /// Keys in a sample: each costs a pass over its partition.
    private static final int MOST_KEYS = 1_000;

    /// @param body null or empty: no options
    /// @throws ProblemException 400 that names every member at fault
    static RebuildOptions of(@Nullable JsonNode body) {
        var errors = new ArrayList<Problem.FieldError>();
        JsonNode object = Bodies.object(body, Set.of(MAX_RATE, EXPECTED, FROM), errors);
        var options = options(object, null, errors);
        Bodies.refuse(errors);
        return options;
    }

    /// As [#of], where a sample may be asked for instead.
    static RebuildOptions ofVerification(@Nullable JsonNode body) {
        var errors = new ArrayList<Problem.FieldError>();
        JsonNode object = Bodies.object(body, Set.of(MAX_RATE, EXPECTED, FROM, SAMPLE), errors);
        Integer sample = Bodies.positive(object, SAMPLE, errors);
        if (sample != null && sample > MOST_KEYS) {
            errors.add(new Problem.FieldError(SAMPLE, "must be at most " + MOST_KEYS));
        }
        var options = options(object, sample, errors);
        if (sample != null
                && (options.maxRate != null
                        || !options.expected.isEmpty()
                        || !options.from.equals(KAFKA))) {
            errors.add(
                    new Problem.FieldError(
                            SAMPLE, "goes without " + MAX_RATE + ", " + EXPECTED + " and " + FROM));
        }
        Bodies.refuse(errors);
        return options;
    }

    private static RebuildOptions options(
            JsonNode object, @Nullable Integer sample, List<Problem.FieldError> errors) {
        Integer maxRate = Bodies.positive(object, MAX_RATE, errors);
        String from = object.path(FROM).asString(KAFKA);
        if (!LOGS.contains(from)) {
            errors.add(new Problem.FieldError(FROM, "must be kafka or archive"));
        }
        return new RebuildOptions(maxRate, expected(object.path(EXPECTED), errors), from, sample);
    }

    private static List<String> expected(JsonNode given, List<Problem.FieldError> errors) {
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray() || given.size() > MOST) {
            errors.add(
                    new Problem.FieldError(
                            EXPECTED, "must be a list of at most " + MOST + " names"));
            return List.of();
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i).isString() ? given.get(i).stringValue() : "";
            if (NAME.matcher(name).matches()) {
                names.add(name);
            } else {
                errors.add(
                        new Problem.FieldError(
                                EXPECTED + "[" + i + "]", "must be table or table.column"));
            }
        }
        return List.copyOf(names);
    }

    /// As in ops.request.
    Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        if (maxRate != null) {
            json.put(MAX_RATE, maxRate);
        }
        if (!expected.isEmpty()) {
            json.put(EXPECTED, expected);
        }
        if (!from.equals(KAFKA)) {
            json.put(FROM, from);
        }
        if (sample != null) {
            json.put(SAMPLE, sample);
        }
        return json;
    }
}
