package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;

/// A site: who may post for it and by what.
///
///     (none) ──Create──► site ◄──Change, AddDomain, RemoveDomain, BlockIp, AllowIp, RemoveIp,
///                                Create-, Change-, RemoveForm, Create-, RevokeIntegration,
///                                Create-, Change-, Map-, RemoveSource, AddSecret, EndSecret
///
/// The lines of its IP lists are many and are kept line by line, by [IpLists].
///
/// @param domains host name by domain id; those given at creation are their own id
/// @param integrations ids, without the revoked
@EventSourcedEntity(tagKey = "site")
record Site(
        String siteId,
        Map<String, String> domains,
        Set<String> forms,
        Set<String> integrations,
        Map<String, SiteSource> sources) {

    static final String CREATED = "created";
    private static final String CHANGED = "changed";
    private static final String REMOVED = "removed";

    @CommandHandler
    static String create(SiteCommand.Create command, EventAppender events) {
        events.append(
                new SiteEvent.Created(
                        command.siteId(), command.name(), command.siteKey(), command.domains()));
        return CREATED;
    }

    @CommandHandler
    String createAgain(SiteCommand.Create command) {
        throw exists("site");
    }

    @CommandHandler
    String change(SiteCommand.Change command, EventAppender events) {
        events.append(
                new SiteEvent.Changed(
                        siteId, command.changes(), command.cleared(), command.actor()));
        return CHANGED;
    }

    @CommandHandler
    String addDomain(SiteCommand.AddDomain command, EventAppender events) {
        if (domains.containsValue(command.domain()) || domains.containsKey(command.domainId())) {
            throw exists("domain");
        }
        events.append(new SiteEvent.DomainAdded(siteId, command.domainId(), command.domain()));
        return CREATED;
    }

    @CommandHandler
    String removeDomain(SiteCommand.RemoveDomain command, EventAppender events) {
        requireKnown(domains.keySet(), command.domainId(), "domain");
        events.append(new SiteEvent.DomainRemoved(siteId, command.domainId()));
        return REMOVED;
    }

    @CommandHandler
    String createForm(SiteCommand.CreateForm command, EventAppender events) {
        requireNew(forms, command.formId(), "form");
        events.append(
                new SiteEvent.FormCreated(
                        siteId,
                        command.formId(),
                        command.name(),
                        command.formJson(),
                        command.thankYouUrl()));
        return CREATED;
    }

    @CommandHandler
    String changeForm(SiteCommand.ChangeForm command, EventAppender events) {
        requireKnown(forms, command.formId(), "form");
        events.append(
                new SiteEvent.FormChanged(
                        siteId,
                        command.formId(),
                        command.changes(),
                        command.cleared(),
                        command.actor()));
        return CHANGED;
    }

    @CommandHandler
    String removeForm(SiteCommand.RemoveForm command, EventAppender events) {
        requireKnown(forms, command.formId(), "form");
        events.append(new SiteEvent.FormRemoved(siteId, command.formId(), command.actor()));
        return REMOVED;
    }

    @CommandHandler
    String createIntegration(SiteCommand.CreateIntegration command, EventAppender events) {
        requireNew(integrations, command.integrationId(), "integration");
        events.append(
                new SiteEvent.IntegrationCreated(
                        siteId,
                        command.integrationId(),
                        command.name(),
                        command.keyPrefix(),
                        command.keyHash()));
        return CREATED;
    }

    @CommandHandler
    String revokeIntegration(SiteCommand.RevokeIntegration command, EventAppender events) {
        requireKnown(integrations, command.integrationId(), "integration");
        events.append(new SiteEvent.IntegrationRevoked(siteId, command.integrationId()));
        return "revoked";
    }

    @CommandHandler
    String createSource(SiteCommand.CreateSource command, EventAppender events) {
        requireNew(sources.keySet(), command.sourceId(), "source");
        events.append(
                new SiteEvent.SourceCreated(
                        siteId, command.sourceId(), command.spec(), command.actor()));
        return CREATED;
    }

    @CommandHandler
    String changeSource(SiteCommand.ChangeSource command, EventAppender events) {
        source(command.sourceId()).requireVersion(command.expectedVersion());
        events.append(
                new SiteEvent.SourceChanged(
                        siteId,
                        command.sourceId(),
                        command.changes(),
                        command.cleared(),
                        command.actor()));
        return CHANGED;
    }

    @CommandHandler
    String mapSource(SiteCommand.MapSource command, EventAppender events) {
        var source = source(command.sourceId());
        source.requireVersion(command.expectedVersion());
        events.append(
                new SiteEvent.SourceMapped(
                        siteId,
                        command.sourceId(),
                        source.mappingVersion() + 1,
                        command.mapping(),
                        command.actor()));
        return "mapped";
    }

    @CommandHandler
    String removeSource(SiteCommand.RemoveSource command, EventAppender events) {
        source(command.sourceId()).requireVersion(command.expectedVersion());
        events.append(new SiteEvent.SourceRemoved(siteId, command.sourceId(), command.actor()));
        return REMOVED;
    }

    @CommandHandler
    String addSecret(SiteCommand.AddSecret command, EventAppender events) {
        source(command.sourceId()).requireRoomForSecret(command.secretId(), command.now());
        events.append(
                new SiteEvent.SecretAdded(
                        siteId,
                        command.sourceId(),
                        command.secretId(),
                        command.secret(),
                        command.olderUntil(),
                        command.now(),
                        command.actor()));
        return "added";
    }

    @CommandHandler
    String endSecret(SiteCommand.EndSecret command, EventAppender events) {
        source(command.sourceId())
                .requireEndable(command.secretId(), command.mayBeLast(), command.now());
        events.append(
                new SiteEvent.SecretEnded(
                        siteId, command.sourceId(), command.secretId(), command.actor()));
        return "ended";
    }

    private SiteSource source(String sourceId) {
        var source = sources.get(sourceId);
        if (source == null) {
            throw unknown("source");
        }
        return source;
    }

    @CommandHandler
    String blockIp(SiteCommand.BlockIp command, EventAppender events) {
        events.append(
                new SiteEvent.IpBlocked(
                        siteId,
                        command.entryId(),
                        command.ip(),
                        command.reason(),
                        command.until(),
                        command.actor()));
        return "blocked";
    }

    @CommandHandler
    String allowIp(SiteCommand.AllowIp command, EventAppender events) {
        events.append(
                new SiteEvent.IpAllowed(
                        siteId,
                        command.entryId(),
                        command.ip(),
                        command.usage(),
                        command.reason(),
                        command.until(),
                        command.actor()));
        return "allowed";
    }

    @CommandHandler
    String removeIp(SiteCommand.RemoveIp command, EventAppender events) {
        events.append(
                new SiteEvent.IpRemoved(siteId, command.entryId(), command.ip(), command.actor()));
        return REMOVED;
    }

    private static void requireNew(Set<String> known, String id, String noun) {
        if (known.contains(id)) {
            throw exists(noun);
        }
    }

    private static Refused exists(String noun) {
        return new Refused(
                Refused.Reason.RULE_VIOLATED,
                noun + "-exists",
                "There is such a " + noun + " already.");
    }

    private static void requireKnown(Set<String> known, String id, String noun) {
        if (!known.contains(id)) {
            throw unknown(noun);
        }
    }

    private static Refused unknown(String noun) {
        return new Refused(
                Refused.Reason.UNKNOWN,
                "unknown-" + noun,
                "The site has no " + noun + " with this id.");
    }

    @EntityCreator
    static Site on(SiteEvent.Created event) {
        var domains = new HashMap<String, String>();
        event.domains().forEach(domain -> domains.put(domain, domain));
        return new Site(event.siteId(), Map.copyOf(domains), Set.of(), Set.of(), Map.of());
    }

    @EventSourcingHandler
    Site on(SiteEvent.DomainAdded event) {
        var next = new HashMap<>(domains);
        next.put(event.domainId(), event.domain());
        return new Site(siteId, Map.copyOf(next), forms, integrations, sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.DomainRemoved event) {
        var next = new HashMap<>(domains);
        next.remove(event.domainId());
        return new Site(siteId, Map.copyOf(next), forms, integrations, sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.FormCreated event) {
        return new Site(siteId, domains, with(forms, event.formId()), integrations, sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.FormRemoved event) {
        return new Site(siteId, domains, without(forms, event.formId()), integrations, sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.IntegrationCreated event) {
        return new Site(siteId, domains, forms, with(integrations, event.integrationId()), sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.IntegrationRevoked event) {
        return new Site(
                siteId, domains, forms, without(integrations, event.integrationId()), sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.SourceCreated event) {
        var spec = event.spec();
        return with(
                event.sourceId(), SiteSource.begun(spec.secretIds(), !spec.mapping().isEmpty()));
    }

    @EventSourcingHandler
    Site on(SiteEvent.SourceChanged event) {
        return with(event.sourceId(), source(event.sourceId()).changed());
    }

    @EventSourcingHandler
    Site on(SiteEvent.SourceMapped event) {
        return with(event.sourceId(), source(event.sourceId()).mapped(event.mappingVersion()));
    }

    @EventSourcingHandler
    Site on(SiteEvent.SecretAdded event) {
        var source = source(event.sourceId());
        return with(
                event.sourceId(),
                source.withSecret(event.secretId(), event.olderUntil(), event.now()));
    }

    @EventSourcingHandler
    Site on(SiteEvent.SecretEnded event) {
        return with(event.sourceId(), source(event.sourceId()).withoutSecret(event.secretId()));
    }

    @EventSourcingHandler
    Site on(SiteEvent.SourceRemoved event) {
        var next = new HashMap<>(sources);
        next.remove(event.sourceId());
        return new Site(siteId, domains, forms, integrations, Map.copyOf(next));
    }

    private Site with(String sourceId, SiteSource source) {
        var next = new HashMap<>(sources);
        next.put(sourceId, source);
        return new Site(siteId, domains, forms, integrations, Map.copyOf(next));
    }

    private static Set<String> with(Set<String> set, String element) {
        var next = new HashSet<>(set);
        next.add(element);
        return Set.copyOf(next);
    }

    private static Set<String> without(Set<String> set, String element) {
        var next = new HashSet<>(set);
        next.remove(element);
        return Set.copyOf(next);
    }
}
