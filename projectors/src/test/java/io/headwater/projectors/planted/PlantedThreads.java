package io.headwater.projectors.planted;

import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Ways to let something run beside.
public final class PlantedThreads {

    private PlantedThreads() {}

    static final class OfThread {
        void run(Runnable task) {
            new Thread(task).start();
        }
    }

    static final class OfVirtualThread {
        void run(Runnable task) {
            Thread.ofVirtual().start(task);
        }
    }

    static final class OfSleep {
        void rest() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class OfFuture {
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(() -> "a");
        }
    }

    static final class OfExecutor {
        ExecutorService pool() {
            return Executors.newSingleThreadExecutor();
        }
    }

    static final class OfPool {
        int size() {
            return ForkJoinPool.commonPool().getPoolSize();
        }
    }

    static final class OfParallelStream {
        long count(List<String> list) {
            return list.parallelStream().count();
        }
    }

    static final class OfParallel {
        Stream<String> mixed(Stream<String> stream) {
            return stream.parallel();
        }
    }

    static final class OfParallelSort {
        int[] sorted(int[] numbers) {
            Arrays.parallelSort(numbers);
            return numbers;
        }
    }

    static final class OfTimer {
        Timer timer() {
            return new Timer();
        }
    }

    static final class OfThreadLocal {
        private final ThreadLocal<String> local = new ThreadLocal<>();

        void put(String text) {
            local.set(text);
        }
    }

    static final class OfLock {
        private final ReentrantLock lock = new ReentrantLock();

        boolean held() {
            return lock.isLocked();
        }
    }

    static final class OfAtomic {
        private final AtomicLong count = new AtomicLong();

        long next() {
            return count.incrementAndGet();
        }
    }

    static final class OfConcurrentMap {
        private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

        int size() {
            return map.size();
        }
    }

    static final class OfMonitor {
        void wake(Object monitor) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }
}
