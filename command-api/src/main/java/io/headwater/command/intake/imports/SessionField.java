package io.headwater.command.intake.imports;

import io.headwater.command.intake.FieldNames;
import io.headwater.command.intake.LeadField;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a past session and the names that exports have for them. Case, hyphens,
/// underscores, dots and spaces in a name do not matter.
enum SessionField {
    SESSION_ID("visit_id", "id_visit", "ga_session_id"),
    VISITOR_ID("client_id", "user_pseudo_id", "anonymous_id", "distinct_id", "full_visitor_id"),
    DEVICE_ID,
    FINGERPRINT_ID("fingerprint"),
    STARTED_AT("session_started_at", "session_start", "start_time", "started", "start"),
    ENDED_AT("session_end", "end_time", "ended", "end"),
    DURATION_SECONDS("duration", "session_duration", "session_duration_seconds", "visit_duration"),
    PAGE_VIEWS("views", "page_view_count"),
    PAGES("page_list", "paths"),
    ENTRY_PAGE("landing_page", "entry_url", "first_page", "page"),
    EXIT_PAGE("exit_url", "last_page"),
    REFERRER("referer", "referrer_url"),
    UTM_SOURCE("source", "session_source"),
    UTM_MEDIUM("medium", "session_medium"),
    UTM_CAMPAIGN("campaign", "campaign_name", "session_campaign"),
    UTM_TERM("keyword"),
    UTM_CONTENT,
    DEVICE_TYPE("device", "device_category"),
    PLATFORM("os", "operating_system"),
    BROWSER("browser_name"),
    USER_AGENT,
    LANGUAGE("locale"),
    COUNTRY("country_code", "geo_country", "user_country"),
    EVENT_COUNT("events", "actions", "hits"),
    CLICKS("click_count"),
    MAX_SCROLL_PERCENT("scroll_percent", "scroll_depth", "scroll"),
    RETURN_VISITS("earlier_visits", "previous_visits"),
    SESSION_NUMBER("ga_session_number", "visit_number", "visit_count");

    private static final Map<String, SessionField> BY_NAME =
            FieldNames.of(values(), field -> field.names);

    private final String[] names;

    SessionField(String... names) {
        this.names = names;
    }

    static @Nullable SessionField named(String name) {
        return BY_NAME.get(LeadField.canonical(name));
    }

    /// As documented.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
