package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.web.body.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "FIRSTNAME, FIRST_NAME",
        "first-name, FIRST_NAME",
        "LASTNAME, LAST_NAME",
        "email1, EMAIL",
        "EMAIL, EMAIL",
        "PHONE, PHONE",
        "phone_mobile, PHONE",
        "COUNTRYCODE, COUNTRY_CODE",
        "USER_MESSAGE, MESSAGE",
        "PROJECT, PROJECT_NAME",
        "LOCATION, USER_LOCATION",
        "SOURCE, LEAD_SOURCE",
        "TEAM, SOURCE_TEAM",
        "CTA, CTA",
        "CTA_NAME, CTA",
        "__pg_cta, CTA",
        "__pg_cta_name, CTA",
        "user_country, COUNTRY",
        "user_city, CITY",
        "user_region, REGION",
        "user_timezone, TIMEZONE",
        "UTM-SOURCE, UTM_SOURCE",
        "utmMedium, UTM_MEDIUM",
        "Utm_Campaign, UTM_CAMPAIGN",
        "utm-term, UTM_TERM",
        "utm_content, UTM_CONTENT",
        "gclid, GCLID",
        "FBCLID, FBCLID",
        "__visitor_id, VISITOR_ID",
        "visitor_id, VISITOR_ID",
        "session_id, SESSION_ID",
        "PAGE_URL, PAGE_URL",
        "refered_by, REFERRED_BY",
        "KEYWORD, SEARCHED_KEYWORD",
        "searched_keyword, SEARCHED_KEYWORD",
        "__pg_hp, HONEYPOT",
        "__pg_website, HONEYPOT",
        "__pg_tts, TIME_TO_SUBMIT",
        "test_lead, TEST",
        "user_ip, USER_IP"
    })
    void knowsEveryNameOfTheContract(String name, LeadField field) {
        var fields = LeadFields.ofMembers(Json.read("{\"" + name + "\":\"7\"}"));

        assertThat(fields.get(field)).isEqualTo("7");
    }

    @Test
    void theFirstValueThatIsNotBlankCounts() {
        var fields =
                LeadFields.ofMembers(
                        Json.read(
                                "{\"email\":\" \",\"EMAIL\":null,\"email1\":\"a@x\",\"Email\":\"b@x\"}"));

        assertThat(fields.get(LeadField.EMAIL)).isEqualTo("a@x");
    }

    @Test
    void anyFlagMakesATest() {
        var fields =
                LeadFields.ofMembers(Json.read("{\"test_lead\":\"no\",\"dev_environment\":true}"));

        assertThat(fields.flag(LeadField.TEST)).isTrue();
        assertThat(LeadFields.ofMembers(Json.read("{\"test_lead\":false}")).flag(LeadField.TEST))
                .isFalse();
    }

    @Test
    void onlyWhatIsFilledIsAFilledHoneypot() {
        assertThat(LeadFields.ofMembers(Json.read("{\"__pg_hp\":\"\"}")).has(LeadField.HONEYPOT))
                .isFalse();
        assertThat(LeadFields.ofMembers(Json.read("{\"__pg_hp\":false}")).has(LeadField.HONEYPOT))
                .isFalse();
        assertThat(
                        LeadFields.ofMembers(Json.read("{\"__pg_website\":\"http://x\"}"))
                                .has(LeadField.HONEYPOT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"7.5, 7.5", "0, 0.0", "-1, ", "NaN, ", "1e99, ", "soon, "})
    void secondsMustBeBelievable(String text, Double seconds) {
        var fields = LeadFields.ofMembers(Json.read("{\"__pg_tts\":\"" + text + "\"}"));

        assertThat(fields.seconds(LeadField.TIME_TO_SUBMIT)).isEqualTo(seconds);
    }

    @Test
    void longValuesAreCutBetweenCharacters() {
        var fields =
                LeadFields.ofMembers(
                        Json.read("{\"city\":\"" + "a".repeat(199) + "\uD83D\uDE00\"}"));

        assertThat(fields.get(LeadField.CITY)).isEqualTo("a".repeat(199));
    }

    @Test
    void manyValuesAreJoined() {
        var fields = LeadFields.ofMembers(Json.read("{\"message\":[\"a\",1,null,true,{\"x\":1}]}"));

        assertThat(fields.get(LeadField.MESSAGE)).isEqualTo("a, 1, true");
    }
}
