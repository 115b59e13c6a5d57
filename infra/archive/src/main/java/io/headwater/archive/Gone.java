package io.headwater.archive;

import java.util.ArrayList;
import java.util.List;

/// Offsets whose records are not there any more: ranges that touch and went for the same reason.
///
/// @param last the last of them
public record Gone(long first, long last, String reason) {

    /// @param ranges consecutive
    /// @return in their order
    public static List<Gone> among(List<Range> ranges) {
        var gone = new ArrayList<Gone>();
        for (Range range : ranges) {
            if (!range.isGone()) {
                continue;
            }
            var one = new Gone(range.manifest().first(), range.manifest().last(), range.reason());
            if (!gone.isEmpty() && gone.getLast().isContinuedBy(one)) {
                one = new Gone(gone.removeLast().first(), one.last(), one.reason());
            }
            gone.add(one);
        }
        return gone;
    }

    private boolean isContinuedBy(Gone other) {
        return last + 1 == other.first && reason.equals(other.reason);
    }

    @Override
    public String toString() {
        return "%d … %d: %s".formatted(first, last, reason);
    }
}
