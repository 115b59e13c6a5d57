package io.headwater.command.intake.imports;

import static io.headwater.command.intake.imports.BadCellException.invalid;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cells of one row of past sessions by what they mean. Reading one throws [BadCellException]
/// when what stands there cannot be that.
final class SessionCells {

    private static final int ID = 128;

    /// What exports write where there is nothing.
    private static final Set<String> NOTHING =
            Set.of("(direct)", "(none)", "(not set)", "(not provided)", "null", "n/a");

    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}([.][0-9]{1,12})?");

    private final Map<SessionField, JsonNode> cells = new EnumMap<>(SessionField.class);
    private final Set<String> unused = new TreeSet<>();

    /// Of two columns for one field the first that says something counts.
    SessionCells(ObjectNode row) {
        row.properties()
                .forEach(member -> {
                    SessionField field = SessionField.named(member.getKey());
                    if (field == null) {
                        unused.add(member.getKey());
                    } else if (says(member.getValue())) {
                        cells.putIfAbsent(field, member.getValue());
                    }
                });
    }

    private static boolean says(JsonNode value) {
        if (value.isContainer()) {
            return !value.isEmpty();
        }
        String text = Json.text(value);
        return text != null
                && !text.isBlank()
                && !NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /// Columns that mean nothing here.
    Set<String> unused() {
        return unused;
    }

    /// @return SHA-256 in hex of what is known of the session: equal when it is the same
    String contentHash() {
        var content = new StringBuilder();
        cells.forEach((field, value) ->
                content.append(field.label())
                        .append('=')
                        .append(Json.canonical(value))
                        .append('\n'));
        return Sha256.hex(content.toString());
    }

    /// @return at most so many characters
    @Nullable String text(SessionField field, int limit) {
        return Text.field(Json.text(cells.get(field)), limit);
    }

    @Nullable String id(SessionField field) {
        String text = text(field, ID + 1);
        if (text != null && text.length() > ID) {
            throw invalid(field, "is longer than " + ID + " characters");
        }
        return text;
    }

    <T> T required(SessionField field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "is required");
        }
        return value;
    }

    @Nullable Instant time(SessionField field, Instant now) {
        String text = text(field, 64);
        if (text == null) {
            return null;
        }
        Instant time = Timestamps.parse(text);
        if (time == null) {
            throw new BadCellException(
                    field, ProblemType.INVALID_TIMESTAMP, "is no ISO 8601 or Unix time: " + text);
        }
        if (time.isBefore(Timestamps.EARLIEST) || time.isAfter(now)) {
            throw new BadCellException(
                    field,
                    ProblemType.ABSURD_TIMESTAMP,
                    "lies before the year 2000 or in the future: " + time);
        }
        return time;
    }

    @Nullable Integer count(SessionField field) {
        BigDecimal number = number(field, text(field, 40));
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw invalid(field, "is no whole number from 0 to 1000000: " + number);
        }
        return number.intValue();
    }

    /// @return 0 to 100; with or without a percent sign
    @Nullable Double percent(SessionField field) {
        String text = text(field, 40);
        BigDecimal number =
                number(
                        field,
                        text != null && text.endsWith("%")
                                ? text.substring(0, text.length() - 1).strip()
                                : text);
        if (number != null && number.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw invalid(field, "is no percentage from 0 to 100: " + number);
        }
        return number == null ? null : number.doubleValue();
    }

    /// @return whole seconds, of a number of them or of hours:minutes:seconds
    @Nullable Long seconds(SessionField field) {
        String text = text(field, 40);
        var clock = CLOCK.matcher(text == null ? "" : text);
        if (clock.matches()) {
            return Long.parseLong(clock.group(1)) * 3600
                    + Long.parseLong(clock.group(2)) * 60
                    + Long.parseLong(clock.group(3));
        }
        BigDecimal number = number(field, text);
        return number == null ? null : number.setScale(0, RoundingMode.DOWN).longValue();
    }

    /// An array, or text: a JSON array, or pages with white space or `|` between them.
    List<String> pages(int limit) {
        JsonNode cell = cells.get(SessionField.PAGES);
        if (cell == null) {
            return List.of();
        }
        JsonNode list = cell;
        String text = Json.text(cell);
        if (text != null && text.strip().startsWith("[")) {
            list = array(text);
        }
        var pages = new ArrayList<String>();
        if (list.isArray()) {
            list.forEach(page -> {
                if (!page.isString()) {
                    throw invalid(SessionField.PAGES, "holds something that is no text");
                }
                pages.add(page.stringValue());
            });
        } else if (text != null) {
            pages.addAll(List.of(text.strip().split("[\\s|]+")));
        } else {
            throw invalid(SessionField.PAGES, "is no list");
        }
        return pages.stream()
                .map(page -> Text.field(page, limit))
                .filter(page -> page != null)
                .toList();
    }

    private static JsonNode array(String text) {
        try {
            return Json.read(text);
        } catch (UnreadableBodyException broken) {
            throw invalid(SessionField.PAGES, "begins like a JSON array and is none");
        }
    }

    private static @Nullable BigDecimal number(SessionField field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw invalid(field, "is no number from 0 on: " + text);
        }
        return new BigDecimal(text);
    }
}
