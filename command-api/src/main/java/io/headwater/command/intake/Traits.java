package io.headwater.command.intake;

import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.events.lead.Submission;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds to a submission what look-ups say about its address, user agent and mail domain, so that
/// the decider looks nothing up. What the submission says itself stays; what nobody knows is null.
public final class Traits {

    private final Enrichment enrichment;
    private final Function<String, List<String>> competitors;

    /// @param competitors e-mail domains by site id, lower case
    public Traits(Enrichment enrichment, Function<String, List<String>> competitors) {
        this.enrichment = enrichment;
        this.competitors = competitors;
    }

    /// @param email in its one form
    /// @param address of the person
    /// @param told by a trusted proxy; counts more than the files
    void add(
            Submission.Builder submission,
            @Nullable String email,
            @Nullable String address,
            @Nullable String userAgent,
            ProxyHeaders.Told told) {
        var place = enrichment.place(address, told.place());
        if (submission.getCountry() == null) {
            submission.setCountry(place.country());
        }
        // a city of another country would be wrong
        if (place.country() == null || place.country().equals(submission.getCountry())) {
            submission.setCity(orElse(submission.getCity(), place.city()));
            submission.setRegion(orElse(submission.getRegion(), place.region()));
            submission.setTimezone(orElse(submission.getTimezone(), place.timezone()));
        }
        submission.setAsn(place.asn());
        submission.setAsName(place.asName());
        submission.setHosting(place.hosting());
        submission.setBotScore(told.botScore());
        var agent = enrichment.agent(userAgent);
        if (agent != null) {
            submission.setBrowser(agent.browser());
            submission.setOs(agent.os());
            submission.setDeviceType(agent.device());
            submission.setBotAgent(agent.bot());
        }
        if (email != null) {
            submission.setDisposableEmail(enrichment.disposable(email));
            submission.setCompetitorEmail(
                    Enrichment.contains(competitors.apply(submission.getSiteId()), email));
        }
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
