package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Decider;
import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// An entry as the events make it beside the same one of the store.
///
/// Results are kept for a while and only partly told by events: of each that is due to be kept
/// there must be one that says the same, and there may be more. So it is with what is to be
/// forgotten when. What counts no more may be there or not.
final class Comparison {

    /// Stands for an entry whose bytes are none of a record.
    static final Object UNREADABLE = new Object();

    private final DeciderHistory.Ended ended;
    private final Instant now;

    Comparison(DeciderHistory.Ended ended, Instant now) {
        this.ended = ended;
        this.now = now;
    }

    /// @param is null: not there
    /// @return null when it is as it should be
    @Nullable String difference(String store, String key, Object expected, @Nullable Object is) {
        if (store.equals(Decider.EXPIRIES)) {
            boolean over = key.compareTo("%013d".formatted(now.toEpochMilli())) <= 0;
            return over || is != null ? null : "in the events, but not in the store";
        }
        var record = (SpecificRecord) expected;
        if (isOver(store, record)) {
            return null;
        }
        if (is == null) {
            return "in the events, but not in the store";
        }
        if (is == UNREADABLE) {
            return "cannot be read";
        }
        if (expected instanceof CommandResult told) {
            return is instanceof CommandResult kept
                            && kept.getAccepted() == told.getAccepted()
                            && kept.getOutcome().equals(told.getOutcome())
                    ? null
                    : "another answer than the events say";
        }
        return expected.equals(is) ? null : "differs in " + differing(record, is);
    }

    /// Whether an entry that no event makes must not be there.
    ///
    /// @param site only entries that say that they are of this one count; null: all
    boolean isTooMuch(String store, @Nullable Object is, @Nullable String site) {
        if (store.equals(Decider.RESULTS) || store.equals(Decider.EXPIRIES)) {
            return false;
        }
        if (!(is instanceof SpecificRecord record)) {
            return site == null;
        }
        var owner = record.getSchema().getField("site_id");
        boolean asked = site == null || owner != null && site.equals(record.get(owner.pos()));
        return asked && !isOver(store, record);
    }

    private boolean isOver(String store, SpecificRecord value) {
        return value instanceof CommandResult result
                ? !result.getDecidedAt().plus(Decider.RESULTS_KEPT).isAfter(now)
                : ended.at(now, store, value);
    }

    private static String differing(SpecificRecord expected, Object is) {
        if (!(is instanceof SpecificRecord record)
                || !expected.getSchema().equals(record.getSchema())) {
            return "its type";
        }
        return expected.getSchema().getFields().stream()
                .filter(field ->
                        !Objects.equals(expected.get(field.pos()), record.get(field.pos())))
                .map(Schema.Field::name)
                .collect(Collectors.joining(", "));
    }
}
