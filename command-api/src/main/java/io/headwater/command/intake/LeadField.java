package io.headwater.command.intake;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a lead and every name under which callers send them. Case, hyphens, underscores,
/// dots and spaces in a name do not matter: `UTM-Source`, `utm_source` and `utmSource` are one.
///
/// source: contract.md section 2
public enum LeadField {
    FIRST_NAME(200, "first_name", "fname", "given_name"),
    LAST_NAME(200, "last_name", "lname", "surname", "family_name"),
    FULL_NAME(400, "full_name", "name"),
    EMAIL(320, "email", "email1", "email_address", "work_email"),
    PHONE(40, "phone_mobile", "phone", "phone_number", "mobile", "telephone", "work_phone"),
    COUNTRY_CODE(20, "country_code"),
    MESSAGE(10_000, "user_message", "message", "comments"),
    PROJECT_NAME(200, "project_name", "project"),
    USER_LOCATION(200, "user_location", "location"),
    LEAD_SOURCE(200, "lead_source", "source"),
    SOURCE_TEAM(200, "source_team", "team"),
    CTA(200, "cta", "cta_name", "__pg_cta", "__pg_cta_name"),
    COUNTRY(100, "user_country", "country"),
    CITY(200, "user_city", "city"),
    REGION(200, "user_region", "region", "state"),
    TIMEZONE(64, "user_timezone", "timezone"),
    UTM_SOURCE(200, "utm_source"),
    UTM_MEDIUM(200, "utm_medium"),
    UTM_CAMPAIGN(200, "utm_campaign"),
    UTM_TERM(200, "utm_term"),
    UTM_CONTENT(200, "utm_content"),
    GCLID(500, "gclid", "gcl_id"),
    FBCLID(500, "fbclid"),
    VISITOR_ID(128, "visitor_id", "__visitor_id"),
    SESSION_ID(128, "session_id", "__session_id"),
    PAGE_URL(2_000, "page_url", "page"),
    REFERRED_BY(2_000, "refered_by", "referred_by", "referrer"),
    SEARCHED_KEYWORD(200, "searched_keyword", "keyword"),
    USER_AGENT(1_000, "user_agent"),
    USER_IP(45, "user_ip"),
    EXTERNAL_ID(200, "external_id"),
    SUBMITTED_AT(40, "submitted_at"),
    TEST(20, "test_lead", "is_test", "test", "dev_environment"),
    HONEYPOT(200, "__pg_hp", "__pg_website"),
    TIME_TO_SUBMIT(40, "__pg_tts", "time_to_submit"),
    CONSENT(40, "consent", "consent_given", "consent_granted", "opt_in"),
    CONSENT_TEXT(ToldConsent.LONGEST_TEXT, "consent_text", "consent_language", "tcpa_text"),
    CONSENT_VERSION(200, "consent_version"),
    CONSENT_PURPOSES(200, "consent_purposes", "consent_purpose"),
    CONSENT_AT(40, "consent_at", "consent_timestamp", "opt_in_at"),
    CONSENT_IP(45, "consent_ip", "opt_in_ip"),
    TRUSTED_FORM_URL(
            500,
            "xxTrustedFormCertUrl",
            "trustedform_cert_url",
            "trusted_form_cert_url",
            "trustedform_url"),
    LEADID_TOKEN(40, "universal_leadid", "leadid_token", "jornaya_leadid", "jornaya_token");

    /// What proves a consent: told once, and nothing that anybody edits.
    public static final Set<LeadField> OF_CONSENT =
            Set.of(
                    CONSENT,
                    CONSENT_TEXT,
                    CONSENT_VERSION,
                    CONSENT_PURPOSES,
                    CONSENT_AT,
                    CONSENT_IP,
                    TRUSTED_FORM_URL,
                    LEADID_TOKEN);

    private static final Map<String, LeadField> BY_NAME =
            FieldNames.of(values(), field -> field.names);

    private final int limit;
    private final String[] names;

    LeadField(int limit, String... names) {
        this.limit = limit;
        this.names = names;
    }

    /// @return most characters kept
    public int limit() {
        return limit;
    }

    public static @Nullable LeadField named(String name) {
        return BY_NAME.get(canonical(name));
    }

    /// @return letters and digits of the name, lower case
    public static String canonical(String name) {
        if (isCanonical(name)) {
            return name;
        }
        var out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '-' && c != '_' && c != '.' && c != ' ') {
                out.append(c);
            }
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }

    /// Most names are; the others are written anew.
    private static boolean isCanonical(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
