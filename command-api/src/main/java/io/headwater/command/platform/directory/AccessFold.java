package io.headwater.command.platform.directory;

import io.headwater.events.EventMeta;
import io.headwater.events.Pii;
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
import io.headwater.schema.PersonalData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

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
        Map<String, SourceConfig> sources,
        Map<String, Long> versions) {

    static final AccessFold EMPTY =
            new AccessFold(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    static String formKey(String siteId, String formId) {
        return siteId + "/" + formId;
    }

    AccessFold apply(SpecificRecord event) {
        return switch (event) {
            case SiteCreated e -> created(e).seen(e.getMeta());
            case DomainAdded e ->
                    domains(e.getSiteId(), domains -> added(domains, e)).seen(e.getMeta());
            case DomainRemoved e ->
                    domains(e.getSiteId(), domains -> without(domains, e.getDomainId()))
                            .seen(e.getMeta());
            case FormCreated e -> form(e).seen(e.getMeta());
            case IntegrationCreated e -> integration(e).seen(e.getMeta());
            case IntegrationRevoked e -> revoked(e).seen(e.getMeta());
            case SourceCreated e -> source(e).seen(e.getMeta());
            case IpBlocked e -> listed(e.getSiteId(), e.getMeta(), entry(e)).seen(e.getMeta());
            case IpAllowed e -> listed(e.getSiteId(), e.getMeta(), entry(e)).seen(e.getMeta());
            case IpRemoved e ->
                    site(e.getSiteId(), site -> site.withIps(site.ips().without(range(e.getIp()))))
                            .seen(e.getMeta());
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
        return new AccessFold(
                sites,
                with(forms, formKey(event.getSiteId(), event.getFormId()), form),
                integrations,
                sources,
                versions);
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

    private AccessFold source(SourceCreated event) {
        var source =
                new SourceConfig(
                        event.getSourceId(),
                        event.getSiteId(),
                        event.getName(),
                        event.getProvider(),
                        new SourceConfig.Scheme(
                                event.getSignatureScheme(),
                                Map.copyOf(event.getSignatureOptions())),
                        event.getSecrets().stream().map(PersonalData::opened).toList(),
                        Map.copyOf(event.getMapping()),
                        event.getMapping().isEmpty() ? 0 : 1,
                        Duration.ofSeconds(event.getDuplicateWindowSeconds()),
                        Duration.ofSeconds(event.getPersonWindowSeconds()),
                        new SourceConfig.Limits(event.getPerMinute(), event.getPerDay()),
                        Map.copyOf(event.getOptions()));
        return new AccessFold(
                sites, forms, integrations, with(sources, event.getSourceId(), source), versions);
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        var next = new LinkedHashMap<>(map);
        next.put(key, value);
        return next;
    }
}
