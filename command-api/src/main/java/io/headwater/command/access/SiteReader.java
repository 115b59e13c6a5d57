package io.headwater.command.access;

import io.headwater.events.EventMeta;
import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.FormRemoved;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceRemoved;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Outside to inside, for who folds the events again; [SitePublisher] is the other way.
final class SiteReader {

    private SiteReader() {}

    /// @return the site after the event; what it need not remember leaves it as it was
    static Site fold(@Nullable Site site, SpecificRecord event) {
        if (event instanceof SiteCreated e) {
            return Site.on(
                    new SiteEvent.Created(
                            e.getSiteId(), e.getName(), e.getSiteKey(), e.getDomains()));
        }
        if (site == null) {
            throw new IllegalStateException("an event of a site that was never created");
        }
        return switch (event) {
            case DomainAdded e ->
                    site.on(
                            new SiteEvent.DomainAdded(
                                    e.getSiteId(), e.getDomainId(), e.getDomain()));
            case DomainRemoved e ->
                    site.on(new SiteEvent.DomainRemoved(e.getSiteId(), e.getDomainId()));
            case FormCreated e ->
                    site.on(
                            new SiteEvent.FormCreated(
                                    e.getSiteId(),
                                    e.getFormId(),
                                    e.getName(),
                                    e.getFormJson(),
                                    e.getThankYouUrl()));
            case FormRemoved e ->
                    site.on(new SiteEvent.FormRemoved(e.getSiteId(), e.getFormId(), e.getActor()));
            case IntegrationCreated e ->
                    site.on(
                            new SiteEvent.IntegrationCreated(
                                    e.getSiteId(),
                                    e.getIntegrationId(),
                                    e.getName(),
                                    e.getKeyPrefix(),
                                    e.getKeyHash()));
            case IntegrationRevoked e ->
                    site.on(new SiteEvent.IntegrationRevoked(e.getSiteId(), e.getIntegrationId()));
            default -> ofSource(site, event);
        };
    }

    private static Site ofSource(Site site, SpecificRecord event) {
        return switch (event) {
            case SourceCreated e -> site.on(created(e));
            case SourceChanged e ->
                    site.on(
                            new SiteEvent.SourceChanged(
                                    e.getSiteId(),
                                    e.getSourceId(),
                                    e.getChanges(),
                                    e.getCleared(),
                                    e.getActor()));
            case SourceMapped e ->
                    site.on(
                            new SiteEvent.SourceMapped(
                                    e.getSiteId(),
                                    e.getSourceId(),
                                    e.getMappingVersion(),
                                    e.getMapping(),
                                    e.getActor()));
            case SourceRemoved e ->
                    site.on(
                            new SiteEvent.SourceRemoved(
                                    e.getSiteId(), e.getSourceId(), e.getActor()));
            case SourceSecretAdded e ->
                    site.on(
                            new SiteEvent.SecretAdded(
                                    e.getSiteId(),
                                    e.getSourceId(),
                                    e.getSecretId(),
                                    e.getSecret(),
                                    e.getOlderUntil(),
                                    e.getMeta().getOccurredAt(),
                                    e.getActor()));
            case SourceSecretEnded e ->
                    site.on(
                            new SiteEvent.SecretEnded(
                                    e.getSiteId(), e.getSourceId(), e.getSecretId(), e.getActor()));
            default -> site;
        };
    }

    private static SiteEvent.SourceCreated created(SourceCreated e) {
        return new SiteEvent.SourceCreated(
                e.getSiteId(),
                e.getSourceId(),
                new SourceSpec(
                        e.getName(),
                        e.getProvider(),
                        e.getSecrets(),
                        e.getSecretIds(),
                        e.getMapping(),
                        e.getSignatureScheme(),
                        e.getSignatureOptions(),
                        e.getDuplicateWindowSeconds(),
                        e.getPersonWindowSeconds(),
                        e.getPerMinute(),
                        e.getPerDay(),
                        e.getOptions(),
                        e.getSecretOptions()),
                e.getActor());
    }

    static EventMeta meta(SpecificRecord event) {
        return (EventMeta) event.get(event.getSchema().getField("meta").pos());
    }
}
