package io.headwater.command.intake;

import static io.headwater.command.intake.LeadField.*;

import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;

/// A submission back in the words it was judged by, so that it can be judged again with some of
/// them changed.
public final class SubmissionFields {

    private SubmissionFields() {}

    public static LeadFields of(Submission known) {
        var fields = new LeadFields();
        fields.put(FIRST_NAME, PersonalData.open(known.getFirstName()));
        fields.put(LAST_NAME, PersonalData.open(known.getLastName()));
        fields.put(FULL_NAME, PersonalData.open(known.getFullName()));
        fields.put(EMAIL, PersonalData.open(known.getEmail()));
        fields.put(PHONE, PersonalData.open(known.getPhone()));
        fields.put(COUNTRY_CODE, known.getCountryCode());
        fields.put(MESSAGE, PersonalData.open(known.getMessage()));
        fields.put(PROJECT_NAME, known.getProjectName());
        fields.put(USER_LOCATION, known.getUserLocation());
        fields.put(LEAD_SOURCE, known.getLeadSource());
        fields.put(SOURCE_TEAM, known.getSourceTeam());
        fields.put(CTA, known.getCta());
        fields.put(COUNTRY, known.getCountry());
        fields.put(CITY, known.getCity());
        fields.put(REGION, known.getRegion());
        fields.put(TIMEZONE, known.getTimezone());
        fields.put(UTM_SOURCE, known.getUtmSource());
        fields.put(UTM_MEDIUM, known.getUtmMedium());
        fields.put(UTM_CAMPAIGN, known.getUtmCampaign());
        fields.put(UTM_TERM, known.getUtmTerm());
        fields.put(UTM_CONTENT, known.getUtmContent());
        fields.put(GCLID, known.getGclid());
        fields.put(FBCLID, known.getFbclid());
        fields.put(VISITOR_ID, known.getVisitorId());
        fields.put(SESSION_ID, known.getSessionId());
        fields.put(PAGE_URL, known.getPageUrl());
        fields.put(REFERRED_BY, known.getReferredBy());
        fields.put(SEARCHED_KEYWORD, known.getSearchedKeyword());
        fields.put(USER_AGENT, PersonalData.open(known.getUserAgent()));
        fields.put(USER_IP, PersonalData.open(known.getUserIp()));
        fields.put(EXTERNAL_ID, known.getExternalId());
        fields.put(SUBMITTED_AT, known.getSubmittedAt().toString());
        fields.put(TEST, known.getTest() ? "true" : null);
        fields.put(HONEYPOT, known.getHoneypotFilled() ? "filled" : null);
        Double seconds = known.getTimeToSubmitSeconds();
        fields.put(TIME_TO_SUBMIT, seconds == null ? null : seconds.toString());
        return fields;
    }

    /// The request that it came in.
    public static Receipt receipt(Submission known) {
        return new Receipt(
                known.getReceiptId(),
                known.getSiteId(),
                known.getChannel(),
                known.getSourceId(),
                known.getProvider(),
                known.getIntegrationId(),
                known.getFormId(),
                known.getReceivedAt());
    }
}
