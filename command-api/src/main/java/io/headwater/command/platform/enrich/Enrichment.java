package io.headwater.command.platform.enrich;

import io.headwater.web.ClientAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All look-ups; none does I/O or waits.
@Component
public final class Enrichment {

    private final UserAgents agents;
    private final Networks networks;
    private final Supplier<Set<String>> disposable;

    public Enrichment(EnrichSettings settings) {
        var every = settings.checkEvery();
        this.agents =
                new UserAgents(
                        WordList.patterns("bot-agents.txt", settings.botAgentsFile(), every));
        this.networks =
                new Networks(
                        settings,
                        WordList.of("hosting-asns.txt", settings.hostingAsnsFile(), every));
        this.disposable =
                WordList.of("disposable-domains.txt", settings.disposableDomainsFile(), every);
    }

    /// @param address as text; anything else is unknown
    /// @param told by a trusted proxy: counts more than the files
    public Place place(@Nullable String address, Place told) {
        var parsed = address == null ? null : ClientAddress.literal(address);
        var found = parsed == null ? Place.UNKNOWN : networks.of(parsed);
        var known = told.orElse(found);
        return known.asn() == null || known.hosting() != null
                ? known
                : known.orElse(
                        new Place(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                networks.isHosting(known.asn())));
    }

    public Place place(@Nullable String address) {
        return place(address, Place.UNKNOWN);
    }

    /// @return null without a user agent
    public @Nullable Agent agent(@Nullable String userAgent) {
        return userAgent == null || userAgent.isBlank() ? null : agents.of(userAgent);
    }

    /// @param email in its one form
    /// @return whether its domain, or one above, hands out addresses to throw away
    public boolean disposable(String email) {
        return contains(disposable.get(), email);
    }

    /// @param domains lower case; what is under one of them counts too
    public static boolean contains(Collection<String> domains, String email) {
        String lower = email.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf('@'); at >= 0; at = lower.indexOf('.', at + 1)) {
            if (domains.contains(lower.substring(at + 1))) {
                return true;
            }
        }
        return false;
    }
}
