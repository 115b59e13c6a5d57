package io.headwater.launcher.projections;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Looks at something again and again until something is so. While query-api is away, it goes on
/// looking for a while.
final class Watch {
    private final Duration every;
    private final Duration patience;
    private final Consumer<String> told;

    /// @param every pause between two looks
    /// @param patience with a query-api that is away
    /// @param told gets a line when it goes away and when it is back
    Watch(Duration every, Duration patience, Consumer<String> told) {
        this.every = every;
        this.patience = patience;
        this.told = told;
    }

    /// A look that may find query-api away.
    @FunctionalInterface
    interface Look<T> {
        T look() throws OperatorApi.Away;
    }

    /// @param look asks query-api
    /// @param seen is called with what every look finds
    /// @param limit of the whole; what is found then is returned as it is
    /// @return what was found last
    /// @throws OperatorException when query-api stays away
    <T> T until(Look<T> look, Consumer<T> seen, Predicate<T> so, Duration limit) {
        long began = System.nanoTime();
        long answeredAt = began;
        boolean away = false;
        while (true) {
            try {
                T found = look.look();
                answeredAt = System.nanoTime();
                if (away) {
                    told.accept("query-api answers again");
                    away = false;
                }
                seen.accept(found);
                if (so.test(found) || System.nanoTime() - began > limit.toNanos()) {
                    return found;
                }
            } catch (OperatorApi.Away gone) {
                if (System.nanoTime() - answeredAt > patience.toNanos()) {
                    throw new OperatorException(
                            gone.getMessage() + "; what was begun goes on without this command",
                            gone);
                }
                if (!away) {
                    told.accept(gone.getMessage() + ", still trying");
                    away = true;
                }
            }
            rest();
        }
    }

    private void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(every.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperatorException("interrupted", stopped);
        }
    }
}
