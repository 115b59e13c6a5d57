package io.headwater.command.platform.enrich;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Files that replace or add to what is built in; empty: none. Each is read again when it changes.
///
/// @param countryFile MMDB with countries
/// @param cityFile MMDB with countries, cities, regions and time zones
/// @param asnFile MMDB with autonomous systems
/// @param disposableDomainsFile one domain a line, instead of the built-in list
/// @param botAgentsFile one part of a user agent a line, instead of the built-in list
/// @param hostingAsnsFile one AS number a line, instead of the built-in list
/// @param checkEvery how often a file's time and size are looked at
/// @param headers in which a trusted proxy tells what it knows of the client; empty: in none
@ConfigurationProperties("headwater.enrich")
public record EnrichSettings(
        String countryFile,
        String cityFile,
        String asnFile,
        String disposableDomainsFile,
        String botAgentsFile,
        String hostingAsnsFile,
        Duration checkEvery,
        Headers headers) {

    /// Names of headers; that of the country is `headwater.web.country-header`.
    ///
    /// @param botScore 1 (robot) to 99 (person)
    public record Headers(
            String city, String region, String timezone, String asn, String botScore) {}
}
