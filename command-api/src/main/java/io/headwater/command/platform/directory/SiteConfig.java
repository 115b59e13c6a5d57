package io.headwater.command.platform.directory;

import java.util.List;
import java.util.Locale;

/// @param siteKey public key in page snippets
/// @param ips addresses that are blocked, or whose leads are tests or the site's own
public record SiteConfig(
        String siteId,
        String name,
        String siteKey,
        List<DomainConfig> domains,
        SiteSettings settings,
        IpRules ips) {

    /// A site that nothing was set for.
    public SiteConfig(String siteId, String name, String siteKey, List<DomainConfig> domains) {
        this(siteId, name, siteKey, domains, SiteSettings.DEFAULT, IpRules.EMPTY);
    }

    /// @param host of Origin or Referer, without port, any case
    public boolean allows(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> domain.allows(lower));
    }

    SiteConfig withDomains(List<DomainConfig> next) {
        return new SiteConfig(siteId, name, siteKey, next, settings, ips);
    }

    SiteConfig withIps(IpRules next) {
        return new SiteConfig(siteId, name, siteKey, domains, settings, next);
    }
}
