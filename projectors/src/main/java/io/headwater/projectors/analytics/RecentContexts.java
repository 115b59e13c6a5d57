package io.headwater.projectors.analytics;

import io.headwater.state.SessionContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Contexts of the sessions seen last, decoded: what is not in here costs a read of the store.
///
/// Bounded by weight, because everybody may send sessions with many pages and long names.
final class RecentContexts {

    private static final int OBJECTS = 400;
    private static final int PER_PAGE = 24;

    private final long maxWeight;
    private final LinkedHashMap<String, SessionContext> contexts =
            new LinkedHashMap<>(1024, 0.75f, true);
    private long weight;

    /// @param maxWeight bytes, estimated
    RecentContexts(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    @Nullable SessionContext get(String sessionId) {
        return contexts.get(sessionId);
    }

    void put(String sessionId, SessionContext context) {
        SessionContext before = contexts.put(sessionId, context);
        weight += weight(sessionId, context);
        if (before != null) {
            weight -= weight(sessionId, before);
        }
        var eldest = contexts.entrySet().iterator();
        while (weight > maxWeight && eldest.hasNext()) {
            Map.Entry<String, SessionContext> gone = eldest.next();
            weight -= weight(gone.getKey(), gone.getValue());
            eldest.remove();
        }
    }

    void clear() {
        contexts.clear();
        weight = 0;
    }

    int size() {
        return contexts.size();
    }

    /// Bytes, estimated: two per character.
    static long weight(String sessionId, SessionContext context) {
        int characters =
                sessionId.length()
                        + context.getSiteId().length()
                        + context.getSource().length()
                        + context.getCampaign().length()
                        + context.getCountry().length()
                        + context.getDevice().length();
        return OBJECTS + 2L * characters + (long) PER_PAGE * context.getPages().size();
    }
}
