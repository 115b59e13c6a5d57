package io.headwater.life;

import static io.headwater.schema.SampleEvents.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Facts for tests, and every order of them.
public final class Notes {

    private Notes() {}

    /// @param minute after noon
    public static Instant at(long minute) {
        return NOON.plusSeconds(60 * minute);
    }

    public static FactNote appointment(
            String id, String change, String ref, @Nullable String previousRef, long minute) {
        return new FactNote(
                id, "appointment_" + change, ref, previousRef, null, null, null, at(minute));
    }

    public static FactNote money(
            String id, String kind, String ref, long amountMinor, long minute) {
        return new FactNote(id, kind, ref, null, amountMinor, "EUR", null, at(minute));
    }

    /// Hands on each order of the things once.
    public static <T> void inEveryOrder(List<T> things, Consumer<List<T>> check) {
        permute(new ArrayList<>(things), 0, check);
    }

    private static <T> void permute(List<T> things, int from, Consumer<List<T>> check) {
        if (from == things.size()) {
            check.accept(List.copyOf(things));
            return;
        }
        for (int i = from; i < things.size(); i++) {
            swap(things, from, i);
            permute(things, from + 1, check);
            swap(things, from, i);
        }
    }

    private static <T> void swap(List<T> things, int one, int other) {
        T kept = things.get(one);
        things.set(one, things.get(other));
        things.set(other, kept);
    }
}
