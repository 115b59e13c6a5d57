package io.headwater.projectors.planted;

import io.headwater.views.PageViewsRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Ways to remember something that no store has.
public final class PlantedState {

    private PlantedState() {}

    static final class OfField {
        static int count;
    }

    static final class OfReference {
        static @Nullable String last;
    }

    static final class OfArray {
        static final long[] COUNTS = new long[4];
    }

    static final class OfList {
        static final List<String> SEEN = new ArrayList<>();
    }

    static final class OfSet {
        static final Set<String> SEEN = new HashSet<>();
    }

    static final class OfMap {
        static final Map<String, String> SEEN = new HashMap<>();
    }

    static final class OfSynchronizedMap {
        static final Map<String, String> SEEN = Collections.synchronizedMap(new HashMap<>());
    }

    static final class OfConcurrentMap {
        static final Map<String, String> SEEN = new ConcurrentHashMap<>();
    }

    static final class OfEnumMap {
        static final Map<TimeUnit, String> SEEN = new EnumMap<>(TimeUnit.class);
    }

    static final class OfQueue {
        static final Iterable<String> SEEN = new ConcurrentLinkedQueue<>();
    }

    static final class OfListInAList {
        static final List<List<String>> SEEN = List.of(new ArrayList<>());
    }

    static final class OfObject {
        static final Object SEEN = new ArrayList<String>();
    }

    static final class OfAtomic {
        static final AtomicInteger COUNT = new AtomicInteger();
    }

    static final class OfAtomicReference {
        static final AtomicReference<String> LAST = new AtomicReference<>("");
    }

    static final class OfAdder {
        static final LongAdder COUNT = new LongAdder();
    }

    static final class OfThreadLocal {
        static final ThreadLocal<String> LAST = new ThreadLocal<>();
    }

    static final class OfText {
        static final StringBuilder TEXT = new StringBuilder();
    }

    static final class OfBits {
        static final BitSet SEEN = new BitSet();
    }

    static final class OfRow {
        static final PageViewsRow LAST = new PageViewsRow();
    }

    static final class OfOwnClass {
        static final Cache CACHE = new Cache();
    }

    static final class OfOwnRecord {
        static final Holder HOLDER = new Holder(new HashMap<>());
    }

    private static final class Cache {
        private int hits;

        int hit() {
            return ++hits;
        }
    }

    private record Holder(Map<String, String> map) {}
}
