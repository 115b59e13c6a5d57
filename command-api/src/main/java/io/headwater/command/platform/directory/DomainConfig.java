package io.headwater.command.platform.directory;

/// A host name allowed on a site.
///
/// @param domain lower case; a leading dot allows the name and every subdomain
public record DomainConfig(String domainId, String domain) {

    boolean allows(String host) {
        return domain.startsWith(".")
                ? host.endsWith(domain) || host.equals(domain.substring(1))
                : host.equals(domain);
    }
}
