package io.headwater.projectors.platform.sink;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/// The partitions that a sink was assigned: those that it has claimed in Postgres, and those that
/// are still missing. Always in one order, so that two sinks do not wait for each other.
final class Claims {

    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final Map<TopicPartition, Claim> held = new TreeMap<>(ORDER);
    private final Set<TopicPartition> missing = new TreeSet<>(ORDER);

    void assigned(Collection<TopicPartition> partitions) {
        missing.addAll(partitions);
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(held::remove);
        partitions.forEach(missing::remove);
    }

    void add(Claim claim) {
        held.put(claim.partition(), claim);
        missing.remove(claim.partition());
    }

    void moved(Move move) {
        held.put(move.from().partition(), move.from().at(move.to()));
    }

    /// All are to be claimed anew.
    void lose() {
        missing.addAll(held.keySet());
        held.clear();
    }

    /// Nothing is assigned any more.
    void clear() {
        held.clear();
        missing.clear();
    }

    /// @throws FencedException when it is not claimed
    Claim of(TopicPartition partition) throws FencedException {
        var claim = held.get(partition);
        if (claim == null) {
            throw new FencedException(partition + " is not claimed");
        }
        return claim;
    }

    /// Those that are claimed; follows what is assigned and revoked.
    Set<TopicPartition> partitions() {
        return Collections.unmodifiableSet(held.keySet());
    }

    boolean areComplete() {
        return missing.isEmpty();
    }

    /// Those that are not claimed yet.
    List<TopicPartition> missing() {
        return List.copyOf(missing);
    }

    List<Claim> all() {
        return List.copyOf(held.values());
    }

    int size() {
        return held.size();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
