package io.headwater.command.privacy;

import static io.headwater.vault.KeyLinks.FACT;
import static io.headwater.vault.KeyLinks.LEAD;
import static io.headwater.vault.KeyLinks.RECEIPT;
import static io.headwater.vault.KeyLinks.SESSION;
import static io.headwater.vault.KeyLinks.SUBMISSION;
import static io.headwater.vault.KeyLinks.SUBMITTER;
import static io.headwater.vault.KeyLinks.VISIT;
import static io.headwater.vault.KeyLinks.VISITOR;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.SubjectErased;
import io.headwater.events.lead.Submission;
import io.headwater.events.privacy.VisitorEraseRequested;
import io.headwater.events.privacy.VisitorEraseWithdrawn;
import io.headwater.events.privacy.VisitorErased;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.Topics;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyUse;
import io.headwater.vault.Owner;
import io.headwater.vault.ReadLog.Asked;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.ReadLog.Move;
import io.headwater.vault.ReadLog.Told;
import io.headwater.vault.ReadLog.VisitorForgotten;
import io.headwater.vault.ReadLog.Withdrawn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What some events tell about whose data the keys seal, and about who is to be forgotten.
///
/// A key is of whatever the event names that it stands in: a new event with personal fields needs
/// nothing here as long as it has `lead_id`, `submission_id` or a submission.
final class LearnedEvents {

    /// Where personal data comes in.
    static final List<Topics.Topic> SOURCES =
            List.of(
                    Topics.LEAD_EVENTS,
                    Topics.INTAKE_WEBHOOKS,
                    Topics.TRACKING_EVENTS,
                    Topics.PRIVACY_EVENTS);

    private static final Set<String> TELL = tell();

    private final Set<Link> links = new LinkedHashSet<>();
    private final Set<KeyUse> uses = new LinkedHashSet<>();
    private final Predicate<Object> noted;
    private final Map<Owner, Owner> shared = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();

    /// @param noted links and uses that the vault has already
    LearnedEvents(Predicate<Object> noted) {
        this.noted = noted;
    }

    private static Set<String> tell() {
        return Stream.concat(
                        SOURCES.stream()
                                .flatMap(topic -> topic.records().stream())
                                .filter(PersonalFields::any),
                        Stream.of(
                                FactAttributed.class,
                                EraseRequested.class,
                                EraseWithdrawn.class,
                                SubjectErased.class,
                                VisitorEraseRequested.class,
                                VisitorEraseWithdrawn.class,
                                VisitorErased.class))
                .map(Class::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param type full name of a record
    static boolean tells(String type) {
        return TELL.contains(type);
    }

    void add(SpecificRecord event) {
        switch (event) {
            case EraseRequested asked ->
                    told.add(
                            new Asked(
                                    asked.getLeadId(),
                                    site(asked.getLeadId()),
                                    asked.getCause(),
                                    asked.getActor(),
                                    asked.getMeta().getOccurredAt(),
                                    asked.getAtOnce()));
            case EraseWithdrawn withdrawn ->
                    told.add(
                            new Withdrawn(
                                    withdrawn.getLeadId(),
                                    withdrawn.getRequestedAt(),
                                    withdrawn.getMeta().getOccurredAt()));
            case SubjectErased done ->
                    told.add(
                            new Forgotten(
                                    done.getLeadId(),
                                    site(done.getLeadId()),
                                    done.getCause(),
                                    done.getActor(),
                                    done.getAt()));
            // nobody decides: what comes later is of a new session, or goes with the old one
            case VisitorEraseRequested asked ->
                    told.add(
                            new Asked(
                                    asked.getSiteId() + "/" + asked.getVisitorId(),
                                    asked.getSiteId(),
                                    asked.getCause(),
                                    asked.getActor(),
                                    asked.getAt(),
                                    asked.getAtOnce()));
            case VisitorEraseWithdrawn withdrawn ->
                    told.add(
                            new Withdrawn(
                                    withdrawn.getSiteId() + "/" + withdrawn.getVisitorId(),
                                    withdrawn.getRequestedAt(),
                                    withdrawn.getAt()));
            case VisitorErased done ->
                    told.add(
                            new VisitorForgotten(
                                    done.getSiteId() + "/" + done.getVisitorId(),
                                    done.getRequestedAt(),
                                    done.getAt()));
            case FactAttributed fact ->
                    shared.put(
                            new Owner(FACT, fact.getFactId()), new Owner(LEAD, fact.getLeadId()));
            default -> link(event);
        }
    }

    Learned upTo(Set<Move> moves) {
        return new Learned(
                List.copyOf(links),
                Map.copyOf(shared),
                List.copyOf(told),
                moves,
                List.copyOf(uses));
    }

    private static String site(String leadId) {
        return leadId.substring(0, Math.max(0, leadId.lastIndexOf('_')));
    }

    private void link(SpecificRecord event) {
        var kids = PersonalFields.keys(event);
        if (kids.isEmpty()) {
            return;
        }
        var owners = owners(event);
        for (String kid : kids) {
            for (var owner : owners) {
                var link = new Link(owner, kid);
                if (!noted.test(link)) {
                    links.add(link);
                }
            }
        }
    }

    /// What the keys of an event were used for.
    ///
    /// @param key of its record
    /// @param at when it was received
    void used(SpecificRecord event, @Nullable String key, Instant at) {
        for (String kid : PersonalFields.keys(event)) {
            var use = KeyUse.of(kid, kind(event), site(event, key), at);
            if (!noted.test(use)) {
                uses.add(use);
            }
        }
    }

    private static KeyUse.Kind kind(SpecificRecord event) {
        if (event instanceof WebhookReceived) {
            return KeyUse.Kind.BODIES;
        }
        if (Topics.TRACKING_EVENTS.records().contains(event.getClass())) {
            return KeyUse.Kind.SESSIONS;
        }
        // duplicates included: the person's timeline shows them, and is found by what they gave
        if (text(event, "lead_id") != null) {
            return KeyUse.Kind.LEADS;
        }
        return field(event, "fact") == null ? KeyUse.Kind.SUBMISSIONS : KeyUse.Kind.FACTS;
    }

    /// Events of leads stand under their site.
    private static String site(SpecificRecord event, @Nullable String key) {
        String named = text(event, "site_id");
        if (named == null && Topics.LEAD_EVENTS.records().contains(event.getClass())) {
            named = key;
        }
        return named == null ? "" : named;
    }

    private static List<Owner> owners(SpecificRecord event) {
        var owners = new ArrayList<Owner>();
        add(owners, LEAD, text(event, "lead_id"));
        add(owners, SUBMISSION, text(event, "submission_id"));
        add(owners, RECEIPT, text(event, "receipt_id"));
        add(owners, SESSION, text(event, "session_id"));
        add(owners, VISITOR, visitor(event));
        if (event instanceof WebhookReceived delivery) {
            delivery.getSubmissionIds().forEach(id -> add(owners, SUBMISSION, id));
            delivery.getFactIds().forEach(id -> add(owners, FACT, id));
        }
        if (field(event, "submission") instanceof Submission submission) {
            add(owners, SUBMISSION, submission.getSubmissionId());
            add(owners, SUBMITTER, visitor(submission));
            add(owners, VISIT, submission.getSessionId());
        }
        if (field(event, "fact") instanceof ProviderFact fact) {
            add(owners, FACT, fact.getFactId());
        }
        return owners;
    }

    private static @Nullable String visitor(SpecificRecord record) {
        String visitor = text(record, "visitor_id");
        String site = text(record, "site_id");
        return visitor == null || site == null ? null : site + "/" + visitor;
    }

    private static void add(List<Owner> owners, String purpose, @Nullable String subject) {
        if (subject != null && !subject.isEmpty()) {
            owners.add(new Owner(purpose, subject));
        }
    }

    private static @Nullable String text(SpecificRecord record, String name) {
        return field(record, name) instanceof String text ? text : null;
    }

    private static @Nullable Object field(SpecificRecord record, String name) {
        var field = record.getSchema().getField(name);
        return field == null ? null : record.get(field.pos());
    }
}
