package io.headwater.query.platform.postgres;

import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions joined by `and`, with their parameters: only the ones that were asked for, so that
/// each finds its index.
public final class Conditions {
    /// As lists show what has no value.
    private static final String NONE = "(none)";

    private final StringBuilder sql = new StringBuilder("where true\n");
    private final Map<String, Object> params = new HashMap<>();

    /// @param condition SQL that needs no parameter
    public Conditions add(String condition) {
        sql.append("and ").append(condition).append('\n');
        return this;
    }

    /// @param condition SQL that names the parameter
    public Conditions add(String condition, String name, Object value) {
        params.put(name, value);
        return add(condition);
    }

    /// Leaves the condition out when the text is absent or blank; spaces around it do not count.
    public Conditions text(String condition, String name, @Nullable String text) {
        return text == null || text.isBlank() ? this : add(condition, name, text.strip());
    }

    /// As [#text], where `(none)` finds what is absent or empty.
    ///
    /// @param column SQL; when it folds case, so is the text
    public Conditions textOrNone(String column, String name, @Nullable String text) {
        if (text != null && text.strip().equals(NONE)) {
            return add("(%1$s is null or %1$s = '')".formatted(column));
        }
        String value = column.startsWith("lower(") ? "lower(:" + name + ")" : ":" + name;
        return text(column + " = " + value, name, text);
    }

    /// Leaves the condition out when there is no number.
    public Conditions number(String condition, String name, @Nullable Integer number) {
        return number == null ? this : add(condition, name, number);
    }

    /// @param column SQL of a flag
    public Conditions flag(String column, @Nullable Boolean asked) {
        return asked == null ? this : add(asked ? column : "not " + column);
    }

    /// @param column SQL of a moment
    public Conditions during(String column, TimeRange range) {
        return during(column, "", range);
    }

    /// @param prefix of the names of the parameters, where there is another range
    public Conditions during(String column, String prefix, TimeRange range) {
        if (range.from() != null) {
            String name = prefix + "from";
            add(column + " >= :" + name, name, Instants.sql(range.from()));
        }
        if (range.to() != null) {
            String name = prefix + "to";
            add(column + " < :" + name, name, Instants.sql(range.to()));
        }
        return this;
    }

    /// Begins with `where`.
    public String sql() {
        return sql.toString();
    }

    public Map<String, Object> params() {
        return params;
    }
}
