package io.headwater.query.platform.paging;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param nextCursor send it back as `cursor`; null on the last page
public record Paged<T>(List<T> items, @Nullable String nextCursor) {

    public Paged<T> map(UnaryOperator<T> change) {
        return new Paged<>(items.stream().map(change).toList(), nextCursor);
    }
}
