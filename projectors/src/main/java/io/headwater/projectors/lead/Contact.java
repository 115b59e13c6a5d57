package io.headwater.projectors.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.Copies;
import io.headwater.views.LeadRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// What submissions tell about the person and where they came from: each fills what is still
/// missing. What belongs together comes from one submission: the names, an e-mail address with what
/// is known of it, an address on the network, a browser.
final class Contact {

    /// What the first submission decides, and the session, which may be the one that was scored.
    private static final Set<String> KEPT =
            Set.of("source_id", "provider", "form_id", "mapping_version", "session_id");

    /// Fields of the row that [#fill] sets: what a submission and a lead both may have.
    private static final List<Schema.Field> FILLED =
            LeadRow.getClassSchema().getFields().stream()
                    .filter(field -> field.schema().getType() == Schema.Type.UNION)
                    .filter(field -> Submission.getClassSchema().getField(field.name()) != null)
                    .filter(field -> !KEPT.contains(field.name()))
                    .toList();

    private Contact() {}

    static LeadRow.Builder fill(LeadRow.Builder row, Submission s) {
        names(row, s);
        email(row, s);
        network(row, s);
        browser(row, s);
        if (s.getMessage() != null) {
            row.setMessage(s.getMessage());
        }
        return row.setPhone(first(row.getPhone(), s.getPhone()))
                .setCountryCode(first(row.getCountryCode(), s.getCountryCode()))
                .setProjectName(first(row.getProjectName(), s.getProjectName()))
                .setUserLocation(first(row.getUserLocation(), s.getUserLocation()))
                .setLeadSource(first(row.getLeadSource(), s.getLeadSource()))
                .setSourceTeam(first(row.getSourceTeam(), s.getSourceTeam()))
                .setCountry(first(row.getCountry(), s.getCountry()))
                .setCity(first(row.getCity(), s.getCity()))
                .setRegion(first(row.getRegion(), s.getRegion()))
                .setTimezone(first(row.getTimezone(), s.getTimezone()))
                .setUtmSource(first(row.getUtmSource(), s.getUtmSource()))
                .setUtmMedium(first(row.getUtmMedium(), s.getUtmMedium()))
                .setUtmCampaign(first(row.getUtmCampaign(), s.getUtmCampaign()))
                .setUtmTerm(first(row.getUtmTerm(), s.getUtmTerm()))
                .setUtmContent(first(row.getUtmContent(), s.getUtmContent()))
                .setGclid(first(row.getGclid(), s.getGclid()))
                .setFbclid(first(row.getFbclid(), s.getFbclid()))
                .setVisitorId(first(row.getVisitorId(), s.getVisitorId()))
                .setSessionId(first(row.getSessionId(), s.getSessionId()))
                .setDeviceType(first(row.getDeviceType(), s.getDeviceType()))
                .setPageUrl(first(row.getPageUrl(), s.getPageUrl()))
                .setReferredBy(first(row.getReferredBy(), s.getReferredBy()))
                .setSearchedKeyword(first(row.getSearchedKeyword(), s.getSearchedKeyword()))
                .setExternalId(first(row.getExternalId(), s.getExternalId()));
    }

    /// The same row as if its submissions had always been these.
    ///
    /// @param submissions all of the lead, in their order
    static LeadRow refilled(LeadRow row, List<Submission> submissions) {
        var empty = Copies.of(row);
        FILLED.forEach(field -> empty.put(field.pos(), null));
        var filled = Copies.builder(empty, LeadRow.newBuilder());
        submissions.forEach(s -> fill(filled, s));
        Submission captured = submissions.getFirst();
        return filled.setSource(Sources.of(captured))
                .setMappingVersion(captured.getMappingVersion())
                .build();
    }

    private static void names(LeadRow.Builder row, Submission s) {
        if (row.getFirstName() == null && row.getLastName() == null) {
            row.setFirstName(firstName(s)).setLastName(s.getLastName());
        }
    }

    /// A provider that does not split a name gives it as the first.
    static @Nullable Pii firstName(Submission s) {
        return s.getFirstName() == null && s.getLastName() == null
                ? s.getFullName()
                : s.getFirstName();
    }

    private static void email(LeadRow.Builder row, Submission s) {
        if (row.getEmail() == null) {
            row.setEmail(s.getEmail())
                    .setDisposableEmail(s.getDisposableEmail())
                    .setCompetitorEmail(s.getCompetitorEmail());
        }
    }

    private static void network(LeadRow.Builder row, Submission s) {
        if (row.getUserIp() == null) {
            row.setUserIp(s.getUserIp())
                    .setAsn(s.getAsn())
                    .setAsName(s.getAsName())
                    .setHosting(s.getHosting())
                    .setBotScore(s.getBotScore());
        }
    }

    private static void browser(LeadRow.Builder row, Submission s) {
        if (row.getUserAgent() == null) {
            row.setUserAgent(s.getUserAgent())
                    .setBrowser(s.getBrowser())
                    .setOs(s.getOs())
                    .setBotAgent(s.getBotAgent());
        }
    }

    private static <T> @Nullable T first(@Nullable T known, @Nullable T told) {
        return known != null ? known : told;
    }
}
