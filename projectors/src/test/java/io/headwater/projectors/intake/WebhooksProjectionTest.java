package io.headwater.projectors.intake;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.projectors.FoldDriver;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import io.headwater.views.WebhookRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksProjectionTest {

    private static final String TOPIC = Topics.INTAKE_WEBHOOKS.name();

    @TempDir private Path folder;
    private FoldDriver driver;

    @BeforeEach
    void start() {
        driver = new FoldDriver(new WebhooksProjection(), folder);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void deliveryIsOneRowWithTheSubmissionsItCarried() {
        driver.send(TOPIC, SITE, delivery("r1").setSubmissionIds(List.of("s2", "s1")).build());

        WebhookRow row = row("r1");
        assertThat(row.getSubmissionIds()).containsExactly("s2", "s1");
        assertThat(row.getProvider()).isEqualTo("calendly");
        assertThat(row.getHeaders()).isEqualTo(Map.of("user-agent", "Calendly"));
        assertThat(PersonalData.open(row.getBody())).isEqualTo("{\"a\":\"[redacted]\"}");
        assertThat(row.getReceivedAt()).isEqualTo(NOON);
        assertThat(row.getSrcOffset()).isZero();
    }

    @Test
    void attemptThatIsNotAuthenticHasNoBodyAndNoLongerNamesThanAnIndexTakes() {
        driver.send(
                TOPIC,
                "-",
                delivery("r2")
                        .setSiteId(null)
                        .setOutcome("unauthenticated")
                        .setReason("bad_signature")
                        .setStatus(401)
                        .setBody(null)
                        .setSourceId("s".repeat(5_000))
                        .setProvider("p".repeat(5_000))
                        .build());

        WebhookRow row = row("r2");
        assertThat(row.getBody()).isNull();
        assertThat(row.getStatus()).isEqualTo(401);
        assertThat(row.getReason()).isEqualTo("bad_signature");
        assertThat(row.getSubmissionIds()).isEmpty();
        assertThat(row.getSourceId()).hasSizeLessThan(1_000);
        assertThat(row.getProvider()).hasSizeLessThan(1_000);
    }

    @Test
    void repeatedRecordIsTheSameRow() {
        var delivery = delivery("r3").build();

        driver.send(TOPIC, SITE, delivery);
        driver.send(TOPIC, SITE, delivery);

        assertThat(driver.rows()).hasSize(1);
        assertThat(driver.deadLetters()).isEmpty();
    }

    /// Where the poison goes is seen on a real Kafka only: the driver loses what is sent, in a
    /// transaction, for a record that reaches no processor.
    @Test
    void neighboursOfPoisonAreRows() {
        driver.send(TOPIC, SITE, delivery("before").build());
        driver.sendRaw(TOPIC, SITE, "not ours".getBytes(StandardCharsets.UTF_8));
        driver.sendRaw(TOPIC, SITE, new byte[] {0, 0, 0, 0, 99});
        driver.send(TOPIC, SITE, delivery("after").build());

        assertThat(driver.rows().keySet()).containsExactlyInAnyOrder(key("before"), key("after"));
    }

    private WebhookRow row(String receiptId) {
        Map<String, SpecificRecord> rows = driver.rows();
        assertThat(rows).containsOnlyKeys(key(receiptId));
        return (WebhookRow) rows.values().iterator().next();
    }

    private static String key(String receiptId) {
        return RowKey.of("webhooks", receiptId);
    }

    private static WebhookReceived.Builder delivery(String receiptId) {
        return WebhookReceived.newBuilder()
                .setReceiptId(receiptId)
                .setSiteId(SITE)
                .setSourceId("calendly-main")
                .setProvider("calendly")
                .setChannel("webhook")
                .setOutcome("accepted")
                .setContentType("application/json")
                .setBodyBytes(18)
                .setHeaders(Map.of("user-agent", "Calendly"))
                .setBody(PersonalData.of("{\"a\":\"[redacted]\"}"))
                .setReceivedAt(NOON);
    }
}
