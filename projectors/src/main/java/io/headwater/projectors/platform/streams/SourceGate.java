package io.headwater.projectors.platform.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Where the fold of one generation stops reading its events, and how fast it may read them. Set by
/// whoever rebuilds, obeyed by every [GatedConsumer] of the fold in this instance.
public final class SourceGate {

    /// Not limited.
    public static final int UNLIMITED = 0;

    /// A cut that holds the fold.
    ///
    /// @param cut its number
    /// @param targets offsets to stop at; null while everything stops where it is
    private record Hold(long cut, @Nullable Map<TopicPartition, Long> targets) {}

    private volatile @Nullable Hold hold;
    private volatile int recordsPerSecond = UNLIMITED;

    /// Where partitions stopped for the cut of [#hold].
    private final Map<TopicPartition, Long> held = new ConcurrentHashMap<>();

    /// Everything stops where it is.
    public synchronized void hold(long cut) {
        var now = hold;
        if (now == null || now.cut() != cut) {
            held.clear();
            hold = new Hold(cut, null);
        }
    }

    /// Each partition goes on to its target and stops there; one without a target stays.
    public synchronized void goTo(long cut, Map<TopicPartition, Long> targets) {
        hold = new Hold(cut, Map.copyOf(targets));
    }

    public synchronized void open() {
        hold = null;
        held.clear();
    }

    /// @param perSecond records; [#UNLIMITED] for no limit
    public void limit(int perSecond) {
        recordsPerSecond = perSecond;
    }

    /// @return where the partitions that this instance reads stopped for a cut
    public Map<TopicPartition, Long> held(long cut) {
        var now = hold;
        return now != null && now.cut() == cut ? new HashMap<>(held) : Map.of();
    }

    /// [#UNLIMITED] for no limit.
    public int recordsPerSecond() {
        return recordsPerSecond;
    }

    boolean isOpen() {
        return hold == null;
    }

    /// @param position next offset to read
    /// @return where the partition has to stop; empty when it need not
    OptionalLong stop(TopicPartition partition, long position) {
        var now = hold;
        if (now == null) {
            return OptionalLong.empty();
        }
        var targets = now.targets();
        if (targets == null) {
            return OptionalLong.of(position);
        }
        Long target = targets.get(partition);
        return OptionalLong.of(target == null ? position : target);
    }

    /// A partition stands still.
    void stopped(TopicPartition partition, long position) {
        if (hold != null) {
            held.put(partition, position);
        }
    }
}
