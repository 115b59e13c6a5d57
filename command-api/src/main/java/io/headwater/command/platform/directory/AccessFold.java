package io.headwater.command.platform.directory;

import io.headwater.events.EventMeta;
import io.headwater.events.Pii;
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
import io.headwater.schema.PersonalData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What the access events say, folded: one event in, the next state out. Applying an event twice
/// changes nothing.
///
/// @param sites by id, in the order of creation, like the others
/// @param forms by `<site id>/<form id>`
/// @param integrations by SHA-256 of the key, hex; without the revoked
/// @param versions newest sequence seen per site
record AccessFold(
        Map<String, SiteConfig> sites,
        Map<String, FormConfig> forms,
        Map<String, IntegrationConfig> integrations,
        Map<String, SealedSource> sources,
        Map<String, Long> versions) {

    static final AccessFold EMPTY =
            new AccessFold(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    static String formKey(String siteId, String formId) {
        return siteId + "/" + formId;
    }

    /// @param event with its addresses in the clear, as far as they could be opened
    AccessFold apply(SpecificRecord event) {
        var field = event.getSchema().getField("meta");
        if (field == null) {
            return this;
        }
        var meta = (EventMeta) event.get(field.pos());
        boolean news = meta.getSequence() > versions.getOrDefault(meta.getAggregateId(), 0L);
        return news ? applied(event).seen(meta) : this;
    }

    private AccessFold applied(SpecificRecord event) {
        return switch (event) {
            case SiteCreated e -> created(e);
            case DomainAdded e -> domains(e.getSiteId(), domains -> added(domains, e));
            case DomainRemoved e ->
                    domains(e.getSiteId(), domains -> without(domains, e.getDomainId()));
            case SiteChanged e -> site(e.getSiteId(), site -> SiteChanges.applied(site, e));
            case FormCreated e -> form(e);
            case FormChanged e -> form(e);
            case FormRemoved e -> forms(without(forms, formKey(e.getSiteId(), e.getFormId())));
            case IntegrationCreated e -> integration(e);
            case IntegrationRevoked e -> revoked(e);
            case SourceCreated e ->
                    sources(with(sources, e.getSourceId(), SourceChanges.created(e)));
            case SourceChanged e ->
                    source(e.getSourceId(), source -> SourceChanges.changed(source, e));
            case SourceMapped e ->
                    source(e.getSourceId(), source -> SourceChanges.mapped(source, e));
            case SourceSecretAdded e ->
                    source(e.getSourceId(), source -> SourceChanges.secretAdded(source, e));
            case SourceSecretEnded e ->
                    source(e.getSourceId(), source -> SourceChanges.secretEnded(source, e));
            case SourceRemoved e -> sources(without(sources, e.getSourceId()));
            case IpBlocked e when known(e.getIp()) -> listed(e.getSiteId(), e.getMeta(), entry(e));
            case IpAllowed e when known(e.getIp()) -> listed(e.getSiteId(), e.getMeta(), entry(e));
            case IpRemoved e when known(e.getIp()) ->
                    site(e.getSiteId(), site -> site.withIps(site.ips().without(range(e.getIp()))));
            default -> this;
        };
    }

    private AccessFold seen(EventMeta meta) {
        return new AccessFold(
                sites,
                forms,
                integrations,
                sources,
                with(versions, meta.getAggregateId(), meta.getSequence()));
    }

    private AccessFold created(SiteCreated event) {
        var domains = new ArrayList<DomainConfig>();
        for (String domain : event.getDomains()) {
            domains.add(new DomainConfig(domain, domain));
        }
        var site =
                new SiteConfig(
                        event.getSiteId(),
                        event.getName(),
                        event.getSiteKey(),
                        List.copyOf(domains));
        return sites(with(sites, event.getSiteId(), site));
    }

    private AccessFold domains(String siteId, UnaryOperator<List<DomainConfig>> change) {
        return site(siteId, site -> site.withDomains(change.apply(site.domains())));
    }

    private AccessFold site(String siteId, UnaryOperator<SiteConfig> change) {
        var site = sites.get(siteId);
        return site == null ? this : sites(with(sites, siteId, change.apply(site)));
    }

    private AccessFold listed(String siteId, EventMeta meta, IpEntry entry) {
        return site(siteId, site -> site.withIps(site.ips().with(entry, meta.getOccurredAt())));
    }

    private static IpEntry entry(IpBlocked event) {
        return new IpEntry(
                event.getEntryId(),
                range(event.getIp()),
                IpRules.Verdict.BLOCKED,
                event.getReason(),
                event.getUntil(),
                event.getMeta().getOccurredAt(),
                event.getActor());
    }

    private static IpEntry entry(IpAllowed event) {
        return new IpEntry(
                event.getEntryId(),
                range(event.getIp()),
                event.getUsage().equals("testing")
                        ? IpRules.Verdict.TESTING
                        : IpRules.Verdict.INTERNAL,
                event.getReason(),
                event.getUntil(),
                event.getMeta().getOccurredAt(),
                event.getActor());
    }

    /// Whether it could be opened. A line that nobody reads is none.
    private static boolean known(Pii ip) {
        return PersonalData.isClear(ip) && !PersonalData.opened(ip).isEmpty();
    }

    private static IpRange range(Pii ip) {
        return IpRange.parse(PersonalData.opened(ip));
    }

    private static List<DomainConfig> added(List<DomainConfig> domains, DomainAdded event) {
        var next = new ArrayList<>(without(domains, event.getDomainId()));
        next.add(new DomainConfig(event.getDomainId(), event.getDomain()));
        return List.copyOf(next);
    }

    private static List<DomainConfig> without(List<DomainConfig> domains, String domainId) {
        return domains.stream().filter(domain -> !domain.domainId().equals(domainId)).toList();
    }

    private AccessFold sites(Map<String, SiteConfig> next) {
        return new AccessFold(next, forms, integrations, sources, versions);
    }

    private AccessFold form(FormCreated event) {
        var form =
                new FormConfig(
                        event.getSiteId(),
                        event.getFormId(),
                        event.getName(),
                        event.getFormJson(),
                        event.getThankYouUrl());
        return forms(with(forms, formKey(event.getSiteId(), event.getFormId()), form));
    }

    private AccessFold form(FormChanged event) {
        String key = formKey(event.getSiteId(), event.getFormId());
        var form = forms.get(key);
        if (form == null) {
            return this;
        }
        var changes = event.getChanges();
        boolean unthanked = event.getCleared().contains("thank_you_url");
        var changed =
                new FormConfig(
                        form.siteId(),
                        form.formId(),
                        or(changes.getName(), form.name()),
                        or(changes.getFormJson(), form.formJson()),
                        unthanked ? null : orNull(changes.getThankYouUrl(), form.thankYouUrl()),
                        or(changes.getEnabled(), form.enabled()));
        return forms(with(forms, key, changed));
    }

    static <T> T or(@Nullable T changed, T old) {
        return changed == null ? old : changed;
    }

    static <T> @Nullable T orNull(@Nullable T changed, @Nullable T old) {
        return changed == null ? old : changed;
    }

    private AccessFold forms(Map<String, FormConfig> next) {
        return new AccessFold(sites, next, integrations, sources, versions);
    }

    private AccessFold integration(IntegrationCreated event) {
        var integration =
                new IntegrationConfig(
                        event.getSiteId(),
                        event.getIntegrationId(),
                        event.getName(),
                        event.getKeyPrefix());
        return new AccessFold(
                sites,
                forms,
                with(integrations, event.getKeyHash(), integration),
                sources,
                versions);
    }

    private AccessFold revoked(IntegrationRevoked event) {
        var next = new LinkedHashMap<>(integrations);
        next.values()
                .removeIf(integration ->
                        integration.siteId().equals(event.getSiteId())
                                && integration.integrationId().equals(event.getIntegrationId()));
        return new AccessFold(sites, forms, next, sources, versions);
    }

    private AccessFold source(String sourceId, UnaryOperator<SealedSource> change) {
        var source = sources.get(sourceId);
        return source == null ? this : sources(with(sources, sourceId, change.apply(source)));
    }

    private AccessFold sources(Map<String, SealedSource> next) {
        return new AccessFold(sites, forms, integrations, next, versions);
    }

    private static <T> Map<String, T> without(Map<String, T> map, String key) {
        var next = new LinkedHashMap<>(map);
        next.remove(key);
        return next;
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        var next = new LinkedHashMap<>(map);
        next.put(key, value);
        return next;
    }
}
