package io.headwater.command.platform.directory;

import java.util.List;
import java.util.Locale;

/// @param siteKey public key in page snippets
public record SiteConfig(String siteId, String name, String siteKey, List<DomainConfig> domains) {

    /// @param host of Origin or Referer, without port, any case
    public boolean allows(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> domain.allows(lower));
    }
}
