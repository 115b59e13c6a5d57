package io.headwater.command.platform.axon;

import io.headwater.events.EventMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The events of one command while it is being decided: held back until nothing can refuse any
/// more.
public final class Decision<V> {

    private final CommandHeader header;
    private final BiFunction<V, EventMeta, SpecificRecord> publisher;
    private final List<SpecificRecord> events = new ArrayList<>();
    private final List<EventMeta> metas = new ArrayList<>();

    Decision(CommandHeader header, BiFunction<V, EventMeta, SpecificRecord> publisher) {
        this.header = header;
        this.publisher = publisher;
    }

    /// The first event about something that is no entity, for example a submission.
    public void append(String id, V event) {
        append(id, 1, event);
    }

    /// @param sequence 1, 2, 3 … per id, without a gap: whoever decides about what is no entity
    ///   counts by itself
    public void append(String entityId, long sequence, V event) {
        var meta =
                new EventMeta(
                        header.commandId() + "-" + events.size(),
                        entityId,
                        sequence,
                        header.commandId(),
                        header.receivedAt());
        metas.add(meta);
        events.add(publisher.apply(event, meta));
    }

    public CommandHeader header() {
        return header;
    }

    /// Whether nothing was appended yet, so that a rule may still refuse.
    public boolean isEmpty() {
        return events.isEmpty();
    }

    List<SpecificRecord> events() {
        return events;
    }

    /// @return sequence of the entity's newest event in this decision, 0 when there is none
    long sequenceOf(@Nullable String entityId) {
        return metas.stream()
                .filter(meta -> Objects.equals(meta.getAggregateId(), entityId))
                .mapToLong(EventMeta::getSequence)
                .max()
                .orElse(0);
    }
}
