package io.headwater.query.platform.paging;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.time.Instants;
import java.time.Instant;
import java.util.function.Function;

/// One way to sort a list, total because the id breaks ties.
///
/// @param name as in the parameter `sort`, for example `created_at_desc`
/// @param expression SQL, never null in any row; an index on (expression, id) serves it
/// @param id SQL, unique
/// @param value of the expression in a row, for the cursor
/// @param idOf the id of a row
public record Order<T>(
        String name,
        String expression,
        String id,
        boolean descending,
        Type type,
        Function<T, Object> value,
        Function<T, String> idOf) {

    /// What the expression yields.
    public enum Type {
        INSTANT {
            @Override
            Object parse(String text) {
                return Instants.sql(Instant.parse(text));
            }
        },
        INTEGER {
            @Override
            Object parse(String text) {
                return Integer.valueOf(text);
            }
        };

        abstract Object parse(String text);
    }

    public static <T> Order<T> newestFirst(
            String name,
            String expression,
            String id,
            Function<T, Instant> value,
            Function<T, String> idOf) {
        return new Order<>(name, expression, id, true, Type.INSTANT, value::apply, idOf);
    }

    Cursor after(T row) {
        return new Cursor(name, value.apply(row).toString(), idOf.apply(row));
    }

    Object parse(Cursor cursor) {
        try {
            Object parsed = type.parse(cursor.value());
            if (type == Type.INSTANT) {
                Instants.check("cursor", Instant.parse(cursor.value()));
            }
            return parsed;
        } catch (java.time.DateTimeException | NumberFormatException e) {
            throw badParameter("cursor", "is not a cursor that this API gave out");
        }
    }
}
