package io.headwater.query.platform.live;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who listens, and what was said lately. [LiveListener] speaks, [StreamController] listens.
@Component
class LiveHub {
    /// Enough for a client that lost its connection for a moment.
    private static final int REMEMBERED = 1_000;

    private final LiveSettings settings;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Deque<LiveEvent> recent = new ArrayDeque<>();
    private volatile @Nullable LiveEvent figures;

    LiveHub(LiveSettings settings) {
        this.settings = settings;
    }

    Subscription subscribe(Caller caller) {
        if (subscriptions.size() >= settings.mostStreams()) {
            throw new ProblemException(
                    ProblemKind.TOO_MANY_STREAMS,
                    "at most " + settings.mostStreams() + " streams at once");
        }
        var subscription = new Subscription(caller, settings.backlog());
        subscriptions.add(subscription);
        LiveEvent known = figures;
        if (known != null) {
            subscription.offer(known);
        }
        return subscription;
    }

    void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    boolean isHeard() {
        return !subscriptions.isEmpty();
    }

    /// Said once, remembered for those who come back.
    void tell(LiveEvent event) {
        synchronized (recent) {
            recent.addLast(event);
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
        }
        spread(event);
    }

    /// Replaces what was said before.
    void show(LiveEvent event) {
        figures = event;
        spread(event);
    }

    /// Figures nobody watched may be old.
    void forgetFigures() {
        figures = null;
    }

    private void spread(LiveEvent event) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.offer(event)) {
                subscriptions.remove(subscription);
            }
        }
    }

    /// What was told after this event, in the same order; empty when it is not remembered.
    Optional<List<LiveEvent>> toldAfter(String lastEventId) {
        synchronized (recent) {
            boolean known = recent.stream().anyMatch(event -> lastEventId.equals(event.id()));
            return known
                    ? Optional.of(
                            recent.stream()
                                    .dropWhile(event -> !lastEventId.equals(event.id()))
                                    .skip(1)
                                    .toList())
                    : Optional.empty();
        }
    }

    void endAll() {
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }
}
