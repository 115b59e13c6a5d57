package io.headwater.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Platform threads that do one piece of work each and end together; the first failure counts.
final class Crew {

    private Crew() {}

    @FunctionalInterface
    interface Work {
        void run(int index) throws Exception;
    }

    /// @throws IllegalStateException with the first failure as its cause
    static void run(String what, int size, Work work) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Exception>();
        List<Thread> threads = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int index = i;
            threads.add(
                    Thread.ofPlatform()
                            .name(what + "-" + index)
                            .start(() -> {
                                try {
                                    work.run(index);
                                } catch (Exception e) {
                                    failure.compareAndSet(null, e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException(what + " failed: " + first, first);
        }
    }
}
