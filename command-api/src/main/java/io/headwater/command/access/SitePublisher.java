package io.headwater.command.access;

import io.headwater.events.EventMeta;
import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.IpAllowed;
import io.headwater.events.access.IpBlocked;
import io.headwater.events.access.IpRemoved;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceCreated;
import org.apache.avro.specific.SpecificRecord;

/// Inside to outside; the record key stays the command's.
final class SitePublisher {

    private SitePublisher() {}

    static SpecificRecord publish(SiteEvent event, EventMeta meta) {
        return switch (event) {
            case SiteEvent.Created(var site, var name, var siteKey, var domains) ->
                    new SiteCreated(meta, site, name, siteKey, domains);
            case SiteEvent.DomainAdded(var site, var domainId, var domain) ->
                    new DomainAdded(meta, site, domainId, domain);
            case SiteEvent.DomainRemoved(var site, var domainId) ->
                    new DomainRemoved(meta, site, domainId);
            case SiteEvent.FormCreated(var site, var form, var name, var json, var thanks) ->
                    new FormCreated(meta, site, form, name, json, thanks);
            case SiteEvent.IntegrationCreated(
                            var site,
                            var integration,
                            var name,
                            var prefix,
                            var hash) ->
                    new IntegrationCreated(meta, site, integration, name, prefix, hash);
            case SiteEvent.IntegrationRevoked(var site, var integration) ->
                    new IntegrationRevoked(meta, site, integration);
            case SiteEvent.SourceCreated(
                            var site,
                            var source,
                            var name,
                            var provider,
                            var secrets,
                            var mapping,
                            var window) ->
                    SourceCreated.newBuilder()
                            .setMeta(meta)
                            .setSiteId(site)
                            .setSourceId(source)
                            .setName(name)
                            .setProvider(provider)
                            .setSecrets(secrets)
                            .setMapping(mapping)
                            .setDuplicateWindowSeconds(window)
                            .build();
            case SiteEvent.IpBlocked(
                            var site,
                            var entry,
                            var ip,
                            var reason,
                            var until,
                            var actor) ->
                    new IpBlocked(meta, site, entry, ip, reason, until, actor);
            case SiteEvent.IpAllowed(
                            var site,
                            var entry,
                            var ip,
                            var usage,
                            var reason,
                            var until,
                            var actor) ->
                    new IpAllowed(meta, site, entry, ip, usage, reason, until, actor);
            case SiteEvent.IpRemoved(var site, var entry, var ip, var actor) ->
                    new IpRemoved(meta, site, entry, ip, actor);
        };
    }
}
