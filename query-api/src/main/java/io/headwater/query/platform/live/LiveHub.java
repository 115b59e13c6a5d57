package io.headwater.query.platform.live;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who listens, and what was said lately. [LiveListener] speaks, [StreamController] listens.
///
/// One lock for all of it: who subscribes while something is said hears it once, and newer figures
/// never before older ones.
@Component
class LiveHub {
    /// Enough for a client that lost its connection for a moment.
    private static final int REMEMBERED = 1_000;

    private final LiveSettings settings;
    private final Set<Subscription> subscriptions = new HashSet<>();
    private final Deque<LiveEvent> recent = new ArrayDeque<>();
    private @Nullable LiveEvent figures;

    LiveHub(LiveSettings settings) {
        this.settings = settings;
    }

    synchronized Subscription subscribe(Caller caller) {
        Subscription subscription = add(new Subscription(caller, settings.backlog()));
        LiveEvent known = figures;
        if (known != null) {
            subscription.offer(known);
        }
        return subscription;
    }

    /// A place for a stream that hears nothing of what is said here, and ends with the others.
    synchronized Subscription reserve(Caller caller) {
        return add(Subscription.deaf(caller));
    }

    private Subscription add(Subscription subscription) {
        if (subscriptions.size() >= settings.mostStreams()) {
            throw new ProblemException(
                    ProblemKind.TOO_MANY_STREAMS,
                    "at most " + settings.mostStreams() + " streams at once");
        }
        subscriptions.add(subscription);
        return subscription;
    }

    synchronized void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    synchronized boolean isHeard() {
        return subscriptions.stream().anyMatch(Subscription::hears);
    }

    /// Said once, remembered for those who come back.
    synchronized void tell(LiveEvent event) {
        recent.addLast(event);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        spread(event);
    }

    /// Replaces what was said before.
    synchronized void show(LiveEvent event) {
        figures = event;
        spread(event);
    }

    /// Figures nobody watched may be old.
    synchronized void forgetFigures() {
        figures = null;
    }

    private void spread(LiveEvent event) {
        subscriptions.removeIf(subscription -> !subscription.offer(event));
    }

    /// What was told after this event, in the same order; empty when it is not remembered.
    synchronized Optional<List<LiveEvent>> toldAfter(String lastEventId) {
        boolean known = recent.stream().anyMatch(event -> lastEventId.equals(event.id()));
        return known
                ? Optional.of(
                        recent.stream()
                                .dropWhile(event -> !lastEventId.equals(event.id()))
                                .skip(1)
                                .toList())
                : Optional.empty();
    }

    synchronized void endAll() {
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }
}
