package io.headwater.command.access;

import io.headwater.events.Pii;
import io.headwater.events.access.FormChange;
import io.headwater.events.access.SiteChange;
import io.headwater.events.access.SourceChange;
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

    @Event(namespace = "access", name = "SiteChanged", version = "1")
    record Changed(
            @EventTag(key = "site") String siteId,
            SiteChange changes,
            List<String> cleared,
            String actor)
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

    @Event(namespace = "access", name = "FormChanged", version = "1")
    record FormChanged(
            @EventTag(key = "site") String siteId,
            String formId,
            FormChange changes,
            List<String> cleared,
            String actor)
            implements SiteEvent {}

    @Event(namespace = "access", name = "FormRemoved", version = "1")
    record FormRemoved(@EventTag(key = "site") String siteId, String formId, String actor)
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

    /// What happened to one source of the site.
    sealed interface OfSource extends SiteEvent {
        String siteId();

        String sourceId();

        String actor();
    }

    @Event(namespace = "access", name = "SourceCreated", version = "1")
    record SourceCreated(
            @EventTag(key = "site") String siteId, String sourceId, SourceSpec spec, String actor)
            implements OfSource {}

    @Event(namespace = "access", name = "SourceChanged", version = "1")
    record SourceChanged(
            @EventTag(key = "site") String siteId,
            String sourceId,
            SourceChange changes,
            List<String> cleared,
            String actor)
            implements OfSource {}

    @Event(namespace = "access", name = "SourceRemoved", version = "1")
    record SourceRemoved(@EventTag(key = "site") String siteId, String sourceId, String actor)
            implements OfSource {}

    /// @param now of the command; the publisher leaves it out, for it is in the meta
    @Event(namespace = "access", name = "SourceSecretAdded", version = "1")
    record SecretAdded(
            @EventTag(key = "site") String siteId,
            String sourceId,
            String secretId,
            Pii secret,
            @Nullable Instant olderUntil,
            Instant now,
            String actor)
            implements OfSource {}

    @Event(namespace = "access", name = "SourceSecretEnded", version = "1")
    record SecretEnded(
            @EventTag(key = "site") String siteId, String sourceId, String secretId, String actor)
            implements OfSource {}

    @Event(namespace = "access", name = "SourceMapped", version = "1")
    record SourceMapped(
            @EventTag(key = "site") String siteId,
            String sourceId,
            int mappingVersion,
            Map<String, String> mapping,
            String actor)
            implements OfSource {}

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
