package io.headwater.command.lead;

import io.headwater.command.platform.axon.Folded;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.state.LeadState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Proves that the decider's store is what the events say: folds `lead.events.v1` from its start
/// with the decider's own code, and compares each lead with the changelog of the live store.
///
/// Both go on while it reads. Whenever a lead is at the same version in both, its content must be
/// the same; a lead that never was is read on until the limit.
final class LeadAudit {

    private final String bootstrapServers;
    private final SchemaIds ids;
    private final AvroSerde<SpecificRecord> serde;
    private final LeadStateForm form = new LeadStateForm();
    private final Predicate<String> wanted;
    private final Map<String, Folded<Lead>> folded = new HashMap<>();
    private final Map<String, LeadState> stored = new HashMap<>();
    private final Set<String> equal = new HashSet<>();
    private final SortedMap<String, String> broken = new TreeMap<>();
    private long events;

    /// @param siteId only its leads; null: all
    LeadAudit(String bootstrapServers, SchemaIds ids, @Nullable String siteId) {
        this.bootstrapServers = bootstrapServers;
        this.ids = ids;
        this.serde = new AvroSerde<>(ids);
        this.wanted = leadId -> siteId == null || LeadRule.belongs(leadId, siteId);
    }

    /// @param events of leads
    /// @param differences what is wrong, by lead id: names of fields, never their values
    record Report(long events, int leads, int equal, SortedMap<String, String> differences) {

        boolean holds() {
            return differences.isEmpty();
        }
    }

    /// @param limit how long leads that change meanwhile are read again
    Report run(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try (var states = new CommittedLog(bootstrapServers, LeadDecider.changelog(ids));
                var history = new CommittedLog(bootstrapServers, Topics.LEAD_EVENTS.name())) {
            do {
                states.read(this::store);
                history.read(this::fold);
            } while (differences().size() > broken.size() && System.nanoTime() < end);
            var differences = differences();
            equal.removeAll(differences.keySet());
            return new Report(events, leads().size(), equal.size(), differences);
        }
    }

    private void store(ConsumerRecord<String, byte[]> record) {
        if (!wanted.test(record.key())) {
            return;
        }
        if (record.value() == null) {
            stored.remove(record.key());
            return;
        }
        stored.put(record.key(), (LeadState) decoded(record));
        check(record.key());
    }

    private void fold(ConsumerRecord<String, byte[]> record) {
        var outside = decoded(record);
        var event = LeadReader.read(outside);
        var meta = LeadReader.meta(outside);
        String leadId = meta.getAggregateId();
        if (event == null || !wanted.test(leadId)) {
            return;
        }
        events++;
        var before = folded.get(leadId);
        long due = before == null ? 1 : before.version() + 1;
        if (meta.getSequence() != due) {
            broken.putIfAbsent(
                    leadId, "event %d where %d is due".formatted(meta.getSequence(), due));
        }
        if (before == null && !(event instanceof LeadEvent.Captured)) {
            broken.putIfAbsent(leadId, "events before it was captured");
            return;
        }
        var next = LeadReader.fold(before == null ? null : before.entity(), event);
        folded.put(leadId, new Folded<>(next, meta.getSequence()));
        check(leadId);
    }

    /// Whether both agree, when they are at the same version.
    private void check(String leadId) {
        var history = folded.get(leadId);
        var state = stored.get(leadId);
        if (history == null || state == null || history.version() != state.getVersion()) {
            return;
        }
        var expected = form.save(history);
        if (expected.equals(state)) {
            equal.add(leadId);
        } else {
            broken.putIfAbsent(leadId, "differs in " + differing(expected, state));
        }
    }

    private static String differing(LeadState expected, LeadState state) {
        return expected.getSchema().getFields().stream()
                .filter(field -> !Objects.equals(expected.get(field.pos()), state.get(field.pos())))
                .map(Schema.Field::name)
                .collect(Collectors.joining(", "));
    }

    private SpecificRecord decoded(ConsumerRecord<String, byte[]> record) {
        return Objects.requireNonNull(serde.deserialize(record.topic(), record.value()));
    }

    /// What is wrong, and what was never seen at the same version.
    private SortedMap<String, String> differences() {
        var differences = new TreeMap<>(broken);
        for (String leadId : leads()) {
            if (!equal.contains(leadId)) {
                differences.putIfAbsent(leadId, apart(leadId));
            }
        }
        return differences;
    }

    private Set<String> leads() {
        var leads = new HashSet<>(folded.keySet());
        leads.addAll(stored.keySet());
        return leads;
    }

    private String apart(String leadId) {
        var history = folded.get(leadId);
        var state = stored.get(leadId);
        if (history == null) {
            return "in the store, but not in the events";
        }
        return state == null
                ? "in the events, but not in the store"
                : "version %d in the store, %d in the events"
                        .formatted(state.getVersion(), history.version());
    }
}
