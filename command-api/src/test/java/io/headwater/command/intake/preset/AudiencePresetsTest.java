package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.flaw;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AudiencePresetsTest {

    private final IntercomPreset intercom = new IntercomPreset();
    private final MailchimpPreset mailchimp = new MailchimpPreset();
    private final CustomerIoPreset customerIo = new CustomerIoPreset();

    @Test
    void anIntercomLeadIsASubmission() {
        var item = submission(intercom, "lead-created.json");

        assertThat(item.providerId()).isEqualTo("contact.lead.created:9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Ivo"),
                                Map.entry(EMAIL, "ivo@example.test"),
                                Map.entry(CITY, "Split"),
                                Map.entry(COUNTRY, "HRV"),
                                Map.entry(UTM_SOURCE, "partner"),
                                Map.entry(REFERRED_BY, "https://partner.test/"),
                                Map.entry(PROJECT_NAME, "Marina"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T04:41:59.251+00:00"),
                                Map.entry(EXTERNAL_ID, "9007199254740993"),
                                Map.entry(LEAD_SOURCE, "Intercom")));
        assertThat(sent(intercom, "ping.json").ignored()).containsExactly("ping");
    }

    @Test
    void aMailchimpSubscriberIsASubmission() {
        var item = submission(mailchimp, "subscribe.urlencoded");

        assertThat(item.providerId())
                .isEqualTo("subscribe:a6b5da1054:8a25ff1d98:2026-11-19 21:35:57");
        assertThat(values(item.fields()))
                .containsEntry(EMAIL, "mae@example.test")
                .containsEntry(FIRST_NAME, "Mae")
                .containsEntry(LAST_NAME, "Li")
                .containsEntry(PHONE, "+33 1 70 18 99 00")
                .containsEntry(USER_IP, "192.0.2.21");
        assertThat(sent(mailchimp, "profile.urlencoded").ignored()).containsExactly("event_type");
    }

    @Test
    void whoLeavesIsAFact() {
        for (var left :
                List.of(
                        fact(intercom, "unsubscribed.json"),
                        fact(mailchimp, "unsubscribe.urlencoded"),
                        fact(mailchimp, "cleaned.urlencoded"),
                        fact(customerIo, "unsubscribed.json"),
                        fact(customerIo, "bounced.json"),
                        fact(customerIo, "stop-by-text.json"))) {
            assertThat(left.kind()).isEqualTo("unsubscribed");
            assertThat(left.occurredAt()).isNotNull();
        }
        assertThat(fact(intercom, "unsubscribed.json").email()).isEqualTo("ivo@example.test");
        assertThat(fact(mailchimp, "cleaned.urlencoded").factId())
                .isEqualTo("cleaned:a6b5da1054:gone@example.test:2026-11-19 22:01:00");
        assertThat(fact(customerIo, "unsubscribed.json").externalRef())
                .isEqualTo("9007199254740993");
        assertThat(fact(customerIo, "bounced.json").email()).isEqualTo("gone@example.test");
        assertThat(fact(customerIo, "stop-by-text.json").phone()).isEqualTo("+15125550126");
    }

    @Test
    void whatHappensToMessagesIsIgnoredAndNobodyIsPutAside() {
        assertThat(sent(customerIo, "opened.json").ignored()).containsExactly("event_type");
        assertThat(flaw(sent(customerIo, "nobody.json"))).isEqualTo("unexpected-shape");
    }

    @Test
    void theUrlAnswersWhoAsksWhetherItIsThere() {
        assertThat(mailchimp.handshake(asked("GET"), Deliveries.source("mailchimp", Map.of())))
                .isEqualTo(Answer.EMPTY_OBJECT);
        assertThat(mailchimp.handshake(asked("POST"), Deliveries.source("mailchimp", Map.of())))
                .isNull();
        assertThat(intercom.handshake(asked("HEAD"), Deliveries.source("intercom", Map.of())))
                .isEqualTo(Answer.EMPTY_OBJECT);
        assertThat(intercom.handshake(asked("POST"), Deliveries.source("intercom", Map.of())))
                .isNull();
    }

    private static FactItem fact(ProviderPreset preset, String fixture) {
        var normalised = sent(preset, fixture);
        assertThat(normalised.submissions()).isEmpty();
        assertThat(normalised.facts()).hasSize(1);
        return normalised.facts().getFirst();
    }

    private static Delivery asked(String method) {
        return new Delivery(
                method,
                () -> "",
                null,
                Delivery.Headers.of(Map.of()),
                new byte[0],
                Body.ANY,
                Deliveries.NOW);
    }
}
