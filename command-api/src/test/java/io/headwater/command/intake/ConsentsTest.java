package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");
    private final Submissions submissions =
            new Submissions(new Contacts(), TraitsTest.withoutFiles());

    @Test
    void aFormTellsEachBoxWithItsTextAndAnswer() {
        var told =
                judged(
                        """
                        {"email":"ada@example.org","page_url":"https://a.test/x","terms":"yes","consents":[
                          {"name":"terms","text":"I agree","granted":true,"purposes":["Privacy"],"version":"3"},
                          {"name":"calls","text":"Call me","granted":false,"purposes":["calls, SMS"]}]}\
                        """);

        assertThat(told.getConsents())
                .extracting(Consent::getName)
                .containsExactly("terms", "calls");
        var terms = told.getConsents().getFirst();
        assertThat(terms.getGranted()).isTrue();
        assertThat(terms.getPurposes()).containsExactly("processing");
        assertThat(terms.getVersion()).isEqualTo("3");
        assertThat(PersonalData.open(terms.getText())).isEqualTo("I agree");
        assertThat(terms.getTextHash()).isEqualTo(Sha256.hex("I agree"));
        assertThat(terms.getAt()).isEqualTo(NOW);
        assertThat(PersonalData.open(terms.getIp())).isEqualTo("192.0.2.1");
        assertThat(terms.getPage()).isEqualTo("https://a.test/x");
        assertThat(told.getConsents().getLast().getGranted()).isFalse();
        assertThat(told.getConsents().getLast().getPurposes()).containsExactly("phone", "sms");
    }

    @Test
    void aServerTellsOneByFieldsWithItsOwnTimeAndAddress() {
        var told =
                judged(
                        """
                        {"email":"ada@example.org","Opt-In":"yes","consent_text":"By submitting …",
                         "consent_purposes":"contact","consent_at":"2026-11-20T10:00:00Z",
                         "consent_ip":"203.0.113.5"}\
                        """);

        var consent = only(told);
        assertThat(consent.getGranted()).isTrue();
        assertThat(consent.getPurposes()).containsExactly("email", "phone", "sms");
        assertThat(consent.getAt()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(PersonalData.open(consent.getIp())).isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'consent':'No'} | false",
                "{'consent':true} | true",
                "{'consent_text':'By submitting'} | true",
                "{'consent':'0','consent_text':'Call me'} | false",
                "{'consents':{'email':true}} | true",
                "{'consents':{'sms':'off'}} | false",
                "{'consent':{'granted':false,'text':'x'}} | false"
            })
    void theAnswerIsRead(String body, boolean granted) {
        assertThat(only(judged(body.replace('\'', '"'))).getGranted()).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'consent':'perhaps'}", "{'consents':[{'name':'x'}, 7]}", "{'consents':[]}"})
    void whatIsNoAnswerIsNone(String body) {
        assertThat(judged(body.replace('\'', '"')).getConsents()).isEmpty();
    }

    @Test
    void answersByPurposeAreOneEach() {
        var told = judged("{\"consents\":{\"email\":true,\"calls\":false}}").getConsents();

        assertThat(told)
                .extracting(Consent::getPurposes)
                .containsExactly(List.of("email"), List.of("phone"));
        assertThat(told).extracting(Consent::getGranted).containsExactly(true, false);
    }

    /// The whole text stays in the payload.
    @Test
    void aTextThatIsTooLongIsKeptAsItsHash() {
        String text = "word ".repeat(1_000).strip();

        var consent = only(judged(Json.write(java.util.Map.of("consent_text", text))));

        assertThat(consent.getText()).isNull();
        assertThat(consent.getTextHash()).isEqualTo(Sha256.hex(text));
    }

    @Test
    void aTimeThatCannotBeIsTheSubmissions() {
        var consent = only(judged("{\"consent\":1,\"consent_at\":\"4000-01-01T00:00:00Z\"}"));

        assertThat(consent.getAt()).isEqualTo(NOW);
    }

    @Test
    void certificatesAreThoseOfTrustedFormAndJornayaOnly() {
        String token = "0BC5B48C-E5E4-1E0D-8F5B-3AC0F1E0D6E1";
        var told =
                judged(
                        """
                        {"xxTrustedFormCertUrl":"https://cert.trustedform.com/ab12","universal_leadid":"%s"}\
                        """
                                .formatted(token));
        var other =
                judged(
                        """
                        {"xxTrustedFormCertUrl":"https://trustedform.com.evil.test/a","leadid_token":"x"}\
                        """);

        assertThat(PersonalData.open(told.getTrustedFormUrl()))
                .isEqualTo("https://cert.trustedform.com/ab12");
        assertThat(PersonalData.open(told.getLeadidToken())).isEqualTo(token);
        assertThat(other.getTrustedFormUrl()).isNull();
        assertThat(other.getLeadidToken()).isNull();
    }

    @Test
    void noMoreThanTwentyAreKept() {
        String one = "{\"granted\":true},";

        assertThat(judged("{\"consents\":[" + one.repeat(30) + "1]}").getConsents()).hasSize(20);
    }

    private static Consent only(Submission submission) {
        assertThat(submission.getConsents()).hasSize(1);
        return submission.getConsents().getFirst();
    }

    private Submission judged(String body) {
        var tree = Json.read(body);
        return submissions
                .judge(
                        new SubmissionItem(LeadFields.ofMembers(tree), null, tree)
                                .without(new Redaction(List.of())),
                        new Receipt("r", "main", Receipt.FORM, null, null, null, null, NOW),
                        new Submissions.Client("192.0.2.1", null),
                        "019aa1b0-0000-7000-8000-000000000001",
                        "hash",
                        Dedup.NONE)
                .submission()
                .build();
    }
}
