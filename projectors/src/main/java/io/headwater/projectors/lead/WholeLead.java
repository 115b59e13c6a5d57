package io.headwater.projectors.lead;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.schema.Copies;
import io.headwater.views.LeadRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The row of a lead that stands for others: their counts are part of its own, their first and last
/// times, too. Nothing of it is kept, so what a lead brought goes with it when it is given back.
///
/// @param own the lead by itself
/// @param merged those that it stands for, each by itself
record WholeLead(LeadRow own, Collection<LeadRow> merged) {

    LeadRow row(SourcePosition position) {
        // Most stand for nobody else, and a copy of all fields is what costs most here.
        return merged.isEmpty() && isAt(position) ? own : summed(position);
    }

    private boolean isAt(SourcePosition position) {
        return own.getSrcPartition() == position.partition()
                && own.getSrcOffset() == position.offset();
    }

    private LeadRow summed(SourcePosition position) {
        return Copies.builder(own, LeadRow.newBuilder())
                .setSubmissions(sum(LeadRow::getSubmissions))
                .setFacts(sum(LeadRow::getFacts))
                .setQuotes(sum(LeadRow::getQuotes))
                .setContactAttempts(sum(LeadRow::getContactAttempts))
                .setCorrections(sum(LeadRow::getCorrections))
                .setFirstContactAt(first(LeadRow::getFirstContactAt))
                .setFirstReachedAt(first(LeadRow::getFirstReachedAt))
                .setEraseRequestedAt(first(LeadRow::getEraseRequestedAt))
                .setQuotedAt(last(LeadRow::getQuotedAt))
                .setLastSubmittedAt(
                        Objects.requireNonNullElse(
                                last(LeadRow::getLastSubmittedAt), own.getLastSubmittedAt()))
                .setCrmIds(crmIds())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    private Stream<LeadRow> all() {
        return Stream.concat(Stream.of(own), merged.stream());
    }

    private int sum(ToIntFunction<LeadRow> count) {
        return all().mapToInt(count).sum();
    }

    private @Nullable Instant first(Function<LeadRow, @Nullable Instant> time) {
        return times(time).stream().min(Comparator.naturalOrder()).orElse(null);
    }

    private @Nullable Instant last(Function<LeadRow, @Nullable Instant> time) {
        return times(time).stream().max(Comparator.naturalOrder()).orElse(null);
    }

    private List<Instant> times(Function<LeadRow, @Nullable Instant> time) {
        return all().map(time).filter(Objects::nonNull).toList();
    }

    /// A CRM that knows several of them has the further ones under its name and a number, so that
    /// the lead is found by each.
    private Map<String, String> crmIds() {
        var ids = new HashMap<>(own.getCrmIds());
        for (LeadRow one : merged) {
            one.getCrmIds()
                    .forEach((crm, id) -> {
                        String name = crm;
                        for (int n = 2; ids.containsKey(name) && !id.equals(ids.get(name)); n++) {
                            name = crm + " (" + n + ")";
                        }
                        ids.put(name, id);
                    });
        }
        return ids;
    }
}
