package io.headwater.query.platform.postgres;

import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions joined by `and`, with their parameters: only the ones that were asked for, so that
/// each finds its index.
public final class Conditions {
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

    /// @param column SQL of a moment
    public Conditions during(String column, TimeRange range) {
        if (range.from() != null) {
            add(column + " >= :from", "from", Instants.sql(range.from()));
        }
        if (range.to() != null) {
            add(column + " < :to", "to", Instants.sql(range.to()));
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
