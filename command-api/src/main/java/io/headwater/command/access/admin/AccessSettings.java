package io.headwater.command.access.admin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param adminApiKey empty: nobody may administer
/// @param marketingApiKey known, but not allowed to administer; empty: none
/// @param decisionWait longest wait of a request for its decision
/// @param mainDomains of the site that exists from the first start, in lower case, as browsers send
///   them
@ConfigurationProperties("headwater.access")
record AccessSettings(
        String adminApiKey,
        String marketingApiKey,
        Duration decisionWait,
        List<String> mainDomains) {

    AccessSettings {
        mainDomains =
                mainDomains.stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .distinct()
                        .toList();
    }

    /// Without the keys, so that it may be logged.
    @Override
    public String toString() {
        return "AccessSettings[" + decisionWait + ", " + mainDomains + "]";
    }
}
