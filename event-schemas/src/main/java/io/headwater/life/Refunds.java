package io.headwater.life;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What went back of payments. A provider tells refunds one by one, each of which may fail later,
/// or how much of a payment was refunded in all, or both: of each payment the larger counts.
///
/// @param told amount by payment and refund, see [#key]
/// @param failed those that came to nothing, by the same keys
/// @param totals amount by payment, the highest that was told
record Refunds(Map<String, Long> told, Map<String, Long> failed, Map<String, Long> totals) {

    private static final char BETWEEN = '>';

    /// @param payment null: the provider does not say of which
    static String key(@Nullable String payment, String refund) {
        return (payment == null ? "" : payment) + BETWEEN + refund;
    }

    long sum() {
        var back = new TreeMap<String, Long>();
        told.forEach((key, amount) -> {
            if (!failed.containsKey(key)) {
                back.merge(payment(key), amount, Long::sum);
            }
        });
        var left = new TreeMap<>(totals);
        failed.forEach(
                (key, amount) -> left.computeIfPresent(payment(key), (_, total) -> total - amount));
        left.forEach((payment, total) -> back.merge(payment, Math.max(0, total), Math::max));
        return back.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String payment(String key) {
        return key.substring(0, key.indexOf(BETWEEN));
    }
}
