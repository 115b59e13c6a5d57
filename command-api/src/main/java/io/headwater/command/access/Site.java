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
///     (none) ──Create──► site ◄──AddDomain, RemoveDomain, CreateForm, CreateIntegration,
///                                RevokeIntegration, CreateSource, BlockIp, AllowIp, RemoveIp
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
        Set<String> sources) {

    static final String CREATED = "created";

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
        return "removed";
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
        requireNew(sources, command.sourceId(), "source");
        events.append(
                new SiteEvent.SourceCreated(
                        siteId,
                        command.sourceId(),
                        command.name(),
                        command.provider(),
                        command.secrets(),
                        command.mapping(),
                        command.duplicateWindowSeconds()));
        return CREATED;
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
        return "removed";
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
            throw new Refused(
                    Refused.Reason.UNKNOWN,
                    "unknown-" + noun,
                    "The site has no " + noun + " with this id.");
        }
    }

    @EntityCreator
    static Site on(SiteEvent.Created event) {
        var domains = new HashMap<String, String>();
        event.domains().forEach(domain -> domains.put(domain, domain));
        return new Site(event.siteId(), Map.copyOf(domains), Set.of(), Set.of(), Set.of());
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
    Site on(SiteEvent.IntegrationCreated event) {
        return new Site(siteId, domains, forms, with(integrations, event.integrationId()), sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.IntegrationRevoked event) {
        var next = new HashSet<>(integrations);
        next.remove(event.integrationId());
        return new Site(siteId, domains, forms, Set.copyOf(next), sources);
    }

    @EventSourcingHandler
    Site on(SiteEvent.SourceCreated event) {
        return new Site(siteId, domains, forms, integrations, with(sources, event.sourceId()));
    }

    private static Set<String> with(Set<String> set, String element) {
        var next = new HashSet<>(set);
        next.add(element);
        return Set.copyOf(next);
    }
}
