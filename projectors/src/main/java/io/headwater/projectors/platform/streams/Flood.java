package io.headwater.projectors.platform.streams;

import io.headwater.streams.DeadLetters;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Stops a fold that can fold hardly anything any more: one event that it cannot fold is the
/// event's fault, and it goes on without it; most of them are the fault of the fold.
///
/// Judged by the offsets of letters only, of each partition by itself. So it makes no difference
/// how often the fold was restarted in between, or how often a transaction was repeated.
public final class Flood implements DeadLetters.Circuit {

    private final int most;
    private final int within;
    private final BooleanSupplier watched;
    private final Map<TopicPartition, NavigableSet<Long>> letters = new HashMap<>();
    private volatile @Nullable String reason;

    /// @param most letters that may be among so many offsets of a partition; 0: any number
    /// @param within offsets, the newest letter's included; markers of transactions take some
    /// @param watched whether it stops anything now
    public Flood(int most, int within, BooleanSupplier watched) {
        this.most = most;
        this.within = within;
        this.watched = watched;
    }

    /// A letter of an earlier run.
    public synchronized void known(TopicPartition source, long offset) {
        among(source, offset);
    }

    @Override
    public synchronized boolean admits(String topic, int partition, long offset) {
        int found = among(new TopicPartition(topic, partition), offset);
        if (most == 0 || found <= most || !watched.getAsBoolean()) {
            return true;
        }
        if (reason == null) {
            reason =
                    ("%d of the last %d offsets of %s %d, up to %d, cannot be folded, more than"
                                    + " headwater.flood.most-letters; nothing beyond is skipped:"
                                    + " start a version that folds them, or allow more and start"
                                    + " again")
                            .formatted(found, within, topic, partition, offset);
        }
        return false;
    }

    /// Why the fold must not go on, for people; null as long as it may.
    public @Nullable String reason() {
        return reason;
    }

    private int among(TopicPartition source, long offset) {
        var all = letters.computeIfAbsent(source, unseen -> new TreeSet<>());
        all.add(offset);
        while (all.size() > Math.max(most, 1) * 2) {
            all.pollFirst();
        }
        return all.subSet(offset - within, false, offset, true).size();
    }
}
