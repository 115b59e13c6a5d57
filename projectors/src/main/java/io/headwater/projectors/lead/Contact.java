package io.headwater.projectors.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.views.LeadRow;
import org.jspecify.annotations.Nullable;

/// What a submission tells about the person and where they came from: fills what is still missing.
final class Contact {

    private Contact() {}

    static LeadRow.Builder fill(LeadRow.Builder row, Submission s) {
        names(row, s);
        return row.setEmail(first(row.getEmail(), s.getEmail()))
                .setPhone(first(row.getPhone(), s.getPhone()))
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
                .setUserIp(first(row.getUserIp(), s.getUserIp()))
                .setUserAgent(first(row.getUserAgent(), s.getUserAgent()));
    }

    /// Names go together: those of two submissions are never mixed.
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

    private static <T> @Nullable T first(@Nullable T known, @Nullable T told) {
        return known != null ? known : told;
    }
}
