package io.headwater.command.access;

import io.headwater.events.Pii;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/// What was decided about a site; the outside forms are in [SitePublisher].
sealed interface SiteEvent {

    @Event(namespace = "access", name = "SiteCreated", version = "1")
    record Created(
            @EventTag(key = "site") String siteId,
            String name,
            String siteKey,
            List<String> domains)
            implements SiteEvent {}

    @Event(namespace = "access", name = "DomainAdded", version = "1")
    record DomainAdded(@EventTag(key = "site") String siteId, String domainId, String domain)
            implements SiteEvent {}

    @Event(namespace = "access", name = "DomainRemoved", version = "1")
    record DomainRemoved(@EventTag(key = "site") String siteId, String domainId)
            implements SiteEvent {}

    @Event(namespace = "access", name = "FormCreated", version = "1")
    record FormCreated(
            @EventTag(key = "site") String siteId,
            String formId,
            String name,
            String formJson,
            @Nullable String thankYouUrl)
            implements SiteEvent {}

    @Event(namespace = "access", name = "IntegrationCreated", version = "1")
    record IntegrationCreated(
            @EventTag(key = "site") String siteId,
            String integrationId,
            String name,
            String keyPrefix,
            String keyHash)
            implements SiteEvent {}

    @Event(namespace = "access", name = "IntegrationRevoked", version = "1")
    record IntegrationRevoked(@EventTag(key = "site") String siteId, String integrationId)
            implements SiteEvent {}

    @Event(namespace = "access", name = "SourceCreated", version = "1")
    record SourceCreated(
            @EventTag(key = "site") String siteId,
            String sourceId,
            String name,
            String provider,
            List<Pii> secrets,
            Map<String, String> mapping,
            long duplicateWindowSeconds)
            implements SiteEvent {}

    @Event(namespace = "access", name = "IpBlocked", version = "1")
    record IpBlocked(
            @EventTag(key = "site") String siteId,
            String entryId,
            Pii ip,
            String reason,
            @Nullable Instant until,
            String actor)
            implements SiteEvent {}

    @Event(namespace = "access", name = "IpAllowed", version = "1")
    record IpAllowed(
            @EventTag(key = "site") String siteId,
            String entryId,
            Pii ip,
            String usage,
            String reason,
            @Nullable Instant until,
            String actor)
            implements SiteEvent {}

    @Event(namespace = "access", name = "IpRemoved", version = "1")
    record IpRemoved(@EventTag(key = "site") String siteId, String entryId, Pii ip, String actor)
            implements SiteEvent {}
}
