package io.headwater.command.access;

import io.headwater.events.EventMeta;
import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.FormChanged;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.FormRemoved;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.IpAllowed;
import io.headwater.events.access.IpBlocked;
import io.headwater.events.access.IpRemoved;
import io.headwater.events.access.SiteChanged;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceRemoved;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
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
            case SiteEvent.Changed(var site, var changes, var cleared, var actor) ->
                    new SiteChanged(meta, site, changes, cleared, actor);
            case SiteEvent.FormChanged(var site, var form, var changes, var cleared, var actor) ->
                    new FormChanged(meta, site, form, changes, cleared, actor);
            case SiteEvent.FormRemoved(var site, var form, var actor) ->
                    new FormRemoved(meta, site, form, actor);
            case SiteEvent.OfSource e -> ofSource(e, meta);
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

    private static SpecificRecord ofSource(SiteEvent.OfSource event, EventMeta meta) {
        return switch (event) {
            case SiteEvent.SourceCreated e -> created(e, meta);
            case SiteEvent.SourceChanged(
                            var site,
                            var source,
                            var changes,
                            var cleared,
                            var actor) ->
                    new SourceChanged(meta, site, source, changes, cleared, actor);
            case SiteEvent.SourceRemoved(var site, var source, var actor) ->
                    new SourceRemoved(meta, site, source, actor);
            case SiteEvent.SourceMapped(
                            var site,
                            var source,
                            var version,
                            var mapping,
                            var actor) ->
                    new SourceMapped(meta, site, source, version, mapping, actor);
            case SiteEvent.SecretAdded(
                            var site,
                            var source,
                            var id,
                            var secret,
                            var olderUntil,
                            _,
                            var actor) ->
                    new SourceSecretAdded(meta, site, source, id, secret, olderUntil, actor);
            case SiteEvent.SecretEnded(var site, var source, var id, var actor) ->
                    new SourceSecretEnded(meta, site, source, id, actor);
        };
    }

    private static SourceCreated created(SiteEvent.SourceCreated event, EventMeta meta) {
        var spec = event.spec();
        return SourceCreated.newBuilder()
                .setMeta(meta)
                .setSiteId(event.siteId())
                .setSourceId(event.sourceId())
                .setName(spec.name())
                .setProvider(spec.provider())
                .setSecrets(spec.secrets())
                .setSecretIds(spec.secretIds())
                .setMapping(spec.mapping())
                .setSignatureScheme(spec.scheme())
                .setSignatureOptions(spec.schemeOptions())
                .setDuplicateWindowSeconds(spec.duplicateWindowSeconds())
                .setPersonWindowSeconds(spec.personWindowSeconds())
                .setPerMinute(spec.perMinute())
                .setPerDay(spec.perDay())
                .setOptions(spec.options())
                .setSecretOptions(spec.secretOptions())
                .setActor(event.actor())
                .build();
    }
}
