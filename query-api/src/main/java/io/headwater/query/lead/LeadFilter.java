package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the lead list can be narrowed to. All that is given must hold; comparisons ignore case.
record LeadFilter(
        @Parameter(description = "exact address") @Nullable String email,
        @Parameter(description = "digits, with or without the country code; at least 4")
                @Nullable String phone,
        @Parameter(description = "exact project name") @Nullable String project,
        @Parameter(
                        description =
                                "as in /analytics/leads/sources, or a lead_source, or the id of a"
                                        + " webhook source")
                @Nullable String source,
        @Parameter(description = "exact utm_campaign") @Nullable String campaign,
        @Parameter(description = "country code") @Nullable String country,
        @Parameter(description = "pipeline status, for example new") @Nullable String status,
        @Parameter(description = "true: testing leads, which are kept apart from all others")
                @Nullable Boolean test,
        @Parameter(description = "created at or after: an instant or a date (UTC)")
                @Nullable String from,
        @Parameter(description = "created before: an instant, or the end of a date (UTC)")
                @Nullable String to,
        @Parameter(description = "site id") @Nullable String site,
        @Parameter(description = "part of a name, an e-mail address or a phone number")
                @Nullable String q) {

    static final String SOURCE =
            "coalesce(nullif(utm_source, ''), nullif(lead_source, ''), '(direct)')";

    /// Spelled like the index on it.
    private static final String SEARCHED =
            "lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' '"
                    + " || coalesce(email, '') || ' ' || coalesce(phone, ''))";

    private static final int FEWEST_PHONE_DIGITS = 4;

    /// Testing leads have no lead of their own: they are submissions that went no further.
    private static final String TEST_LEADS =
            """
            (select coalesce(lead_id, submission_id) as lead_id, site_id, 'test' as status,
                    first_name, last_name, email, phone, project_name, lead_source, source_id,
                    provider, channel, country, null::text as city, utm_source,
                    null::text as utm_medium, utm_campaign, visitor_id, session_id, device_type,
                    null::integer as engagement_score, null::text as engagement_label,
                    1 as submissions, 0 as facts, received_at as created_at,
                    received_at as last_submitted_at
             from read.submissions
             where outcome = 'test') as test_leads
            """;

    static LeadFilter testLeads() {
        return new LeadFilter(
                null, null, null, null, null, null, null, true, null, null, null, null);
    }

    String table() {
        return Boolean.TRUE.equals(test) ? TEST_LEADS : "read.leads\n";
    }

    /// SQL and its parameters: only the conditions asked for, so that each finds its index.
    Conditions conditions() {
        var range = TimeRange.parse(from, to, ZoneOffset.UTC);
        var found = new Conditions();
        found.text("lower(email) = :email", "email", lower(email));
        found.text("lower(project_name) = :project", "project", lower(project));
        found.text(
                "(lower(%s) = :source or lower(lead_source) = :source or lower(source_id) = :source)"
                        .formatted(SOURCE),
                "source",
                lower(source));
        found.text("lower(utm_campaign) = :campaign", "campaign", lower(campaign));
        found.text("lower(country) = :country", "country", lower(country));
        found.text("status = :status", "status", lower(status));
        found.text("site_id = :site", "site", strip(site));
        if (range.from() != null) {
            found.add("created_at >= :from", "from", Instants.sql(range.from()));
        }
        if (range.to() != null) {
            found.add("created_at < :to", "to", Instants.sql(range.to()));
        }
        phone(found);
        search(found);
        return found;
    }

    private void phone(Conditions found) {
        if (strip(phone) == null) {
            return;
        }
        String digits = String.valueOf(phone).replaceAll("\\D", "");
        if (digits.length() < FEWEST_PHONE_DIGITS) {
            throw badParameter("phone", "must have at least " + FEWEST_PHONE_DIGITS + " digits");
        }
        found.add(
                "reverse(regexp_replace(phone, '[^0-9]', '', 'g')) like :phone",
                "phone",
                new StringBuilder(digits).reverse() + "%");
    }

    private void search(Conditions found) {
        String text = strip(q);
        if (text == null) {
            return;
        }
        found.add(SEARCHED + " like :q", "q", "%" + escape(text.toLowerCase(Locale.ROOT)) + "%");
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static @Nullable String lower(@Nullable String text) {
        String value = strip(text);
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// Conditions joined by `and`.
    static final class Conditions {
        private final StringBuilder sql = new StringBuilder("where true\n");
        private final Map<String, Object> params = new HashMap<>();

        private void text(String condition, String name, @Nullable String value) {
            if (value != null) {
                add(condition, name, value);
            }
        }

        private void add(String condition, String name, Object value) {
            sql.append("and ").append(condition).append('\n');
            params.put(name, value);
        }

        String sql() {
            return sql.toString();
        }

        Map<String, Object> params() {
            return params;
        }
    }
}
