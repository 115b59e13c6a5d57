package io.headwater.query.platform.paging;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One page of a sorted list: the clauses that find it and the answer made of its rows.
///
/// Rows that arrive between two pages never shift the next one.
public final class Keyset<T> {
    private final Order<T> order;
    private final @Nullable Cursor after;
    private final int limit;

    private Keyset(Order<T> order, @Nullable Cursor after, int limit) {
        this.order = order;
        this.after = after;
        this.limit = limit;
    }

    /// @param orders the ones on offer, the default first
    /// @param sort asked for; when absent the cursor's own is used
    public static <T> Keyset<T> of(
            List<Order<T>> orders, @Nullable String sort, @Nullable String cursor, int limit) {
        Cursor after = cursor == null || cursor.isBlank() ? null : Cursor.decode("cursor", cursor);
        if (sort == null || sort.isBlank()) {
            Order<T> order =
                    after == null ? orders.getFirst() : find(orders, "cursor", after.sort());
            return new Keyset<>(order, after, limit);
        }
        Order<T> order = find(orders, "sort", sort);
        if (after != null && !after.sort().equals(order.name())) {
            throw badParameter("cursor", "belongs to the sort " + after.sort());
        }
        return new Keyset<>(order, after, limit);
    }

    private static <T> Order<T> find(List<Order<T>> orders, String field, String name) {
        return orders.stream()
                .filter(order -> order.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        badParameter(
                                field,
                                "must be one of "
                                        + orders.stream()
                                                .map(Order::name)
                                                .collect(Collectors.joining(", "))));
    }

    /// Begins with `and`, or is empty on the first page.
    public String where() {
        if (after == null) {
            return "";
        }
        return "and (%s, %s) %s (:after_value, :after_id)\n"
                .formatted(order.expression(), order.id(), order.descending() ? "<" : ">");
    }

    /// One row more than the page, which tells whether there is a next one.
    public String orderAndLimit() {
        String direction = order.descending() ? "desc" : "asc";
        return "order by %s %s, %s %s\nlimit %d"
                .formatted(
                        order.expression(),
                        direction,
                        order.id(),
                        direction,
                        Math.addExact(limit, 1));
    }

    /// The parameters of [#where()].
    public Map<String, Object> params() {
        return after == null
                ? Map.of()
                : Map.of("after_value", order.parse(after), "after_id", after.id());
    }

    /// @param rows as found with these clauses
    public Paged<T> page(List<T> rows) {
        if (rows.size() <= limit) {
            return new Paged<>(rows, null);
        }
        List<T> page = rows.subList(0, limit);
        return new Paged<>(page, order.after(page.getLast()).encode());
    }
}
