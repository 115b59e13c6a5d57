package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.time.TimeRange;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What the lead list can be narrowed to. All that is given must hold; comparisons ignore case.
record LeadFilter(
        @Parameter(description = "exact address") @Nullable String email,
        @Parameter(description = "digits, international or national; at least 4")
                @Nullable String phone,
        @Parameter(description = "exact project name; (none): without") @Nullable String project,
        @Parameter(
                        description =
                                "as in /analytics/leads/sources, or a lead_source, or the id of a"
                                        + " webhook source")
                @Nullable String source,
        @Parameter(description = "exact utm_campaign; (none): without") @Nullable String campaign,
        @Parameter(description = "country code; (none): unknown") @Nullable String country,
        @Parameter(description = "key of a stage of the pipeline, for example new")
                @Nullable String status,
        @Parameter(description = "true: testing leads, which are kept apart from all others")
                @Nullable Boolean test,
        @Parameter(description = "created at or after: an instant or a date (UTC)")
                @Nullable String from,
        @Parameter(description = "created before: an instant, or the end of a date (UTC)")
                @Nullable String to,
        @Parameter(description = "site id") @Nullable String site,
        @Parameter(description = "part of a name, an e-mail address or a phone number")
                @Nullable String q) {

    /// A source can be named in three ways.
    static final String OF_SOURCE =
            "(lower(source) = lower(:source) or lower(lead_source) = lower(:source)"
                    + " or lower(source_id) = lower(:source))";

    /// Spelled like the index on it.
    private static final String SEARCHED =
            "lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' '"
                    + " || coalesce(email, '') || ' ' || coalesce(phone, ''))";

    private static final int FEWEST_PHONE_DIGITS = 4;

    /// Testing leads have no lead of their own: they are submissions that went no further.
    private static final String TEST_LEADS =
            """
            (select coalesce(lead_id, submission_id) as lead_id, site_id, 'test' as status,
                    first_name, last_name, email, phone, project_name, source, lead_source,
                    source_id, provider, channel, country, null::text as city, utm_source,
                    null::text as utm_medium, utm_campaign, visitor_id, session_id, device_type,
                    null::integer as engagement_score, null::text as engagement_label,
                    1 as submissions, 0 as facts, received_at as created_at,
                    received_at as last_submitted_at, 0::bigint as version, 'open' as status_kind,
                    received_at as status_since, null::text as assignee, null::text as team,
                    null::timestamptz as first_contact_at, null::timestamptz as first_reached_at,
                    0 as contact_attempts, 0 as appointments, null::text as appointment_status,
                    null::timestamptz as appointment_starts_at, null::timestamptz as shown_at,
                    null::timestamptz as quoted_at, null::timestamptz as won_at,
                    null::timestamptz as lost_at, null::text as lost_reason,
                    null::timestamptz as returned_at, null::text as return_reason,
                    null::integer as suspicion_score, false as vpn_suspected,
                    null::timestamptz as erase_requested_at, imported, null::text as merged_into,
                    '{}'::jsonb as crm_ids
             from read.submissions
             where outcome = 'test') as lead
            """;

    static LeadFilter testLeads() {
        return new LeadFilter(
                null, null, null, null, null, null, null, true, null, null, null, null);
    }

    String table() {
        return Boolean.TRUE.equals(test) ? TEST_LEADS : "read.leads as lead\n";
    }

    /// Case is folded by Postgres on both sides: no two languages agree on it.
    Conditions conditions() {
        var found =
                new Conditions()
                        .text("lower(email) = lower(:email)", "email", address())
                        .textOrNone("lower(project_name)", "project", project)
                        .text(OF_SOURCE, "source", source)
                        .textOrNone("lower(utm_campaign)", "campaign", campaign)
                        .textOrNone("lower(country)", "country", country)
                        .text("status = lower(:status)", "status", status)
                        .text("site_id = :site", "site", site)
                        .during("created_at", TimeRange.parse(from, to, ZoneOffset.UTC));
        phone(found);
        search(found);
        return found;
    }

    /// A plus sign that was not encoded arrives as a space, and no address has one.
    private @Nullable String address() {
        return email == null ? null : email.strip().replace(' ', '+');
    }

    private void phone(Conditions found) {
        if (phone == null || phone.isBlank()) {
            return;
        }
        // The zeros in front of a national number are no part of the international one.
        String digits = phone.replaceAll("\\D", "").replaceFirst("^0+", "");
        if (digits.length() < FEWEST_PHONE_DIGITS) {
            throw badParameter(
                    "phone",
                    "must have at least " + FEWEST_PHONE_DIGITS + " digits after leading zeros");
        }
        found.add(
                "reverse(regexp_replace(phone, '[^0-9]', '', 'g')) like :phone",
                "phone",
                new StringBuilder(digits).reverse() + "%");
    }

    private void search(Conditions found) {
        if (q != null && !q.isBlank()) {
            found.add(SEARCHED + " like lower(:q)", "q", "%" + escape(q.strip()) + "%");
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
