package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.PersonalData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmissionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");
    private final Submissions submissions =
            new Submissions(new Contacts(), TraitsTest.withoutFiles());

    @Test
    void aBodyIsTheSameWhateverItsOrderAndItsTimeToSubmit() {
        var one = Submissions.hash(Json.read("{\"a\":1,\"b\":{\"d\":2,\"c\":3},\"__pg_tts\":1}"));
        var two = Submissions.hash(Json.read("{ \"b\":{\"c\":3,\"d\":2}, \"a\":1,\"__pg_tts\":9}"));
        var other = Submissions.hash(Json.read("{\"a\":1,\"b\":{\"d\":2,\"c\":4}}"));

        assertThat(one).isEqualTo(two).isNotEqualTo(other).hasSize(64);
    }

    @Test
    void nobodyIsTheDuplicateOfAnotherNobody() {
        var anonymous = LeadFields.ofMembers(Json.read("{\"cta\":\"x\"}"));
        var window = Duration.ofMinutes(10);

        assertThat(Submissions.bodyDedup("h", anonymous, "192.0.2.1", window).key())
                .isNotEqualTo(Submissions.bodyDedup("h", anonymous, "192.0.2.2", window).key());
        assertThat(Submissions.bodyDedup("h", anonymous, null, window).key()).isEqualTo("h");
        assertThat(Submissions.bodyDedup("h", anonymous, null, Duration.ZERO))
                .isEqualTo(Dedup.NONE);
    }

    @Test
    void aFormRefusesAWrongAddressAndAWebhookKeepsThePhone() {
        String body = "{\"email\":\"n/a\",\"phone\":\"+4930901820\"}";

        var form = judge(Receipt.FORM, body, new Submissions.Client("192.0.2.1", "UA"));
        var webhook = judge(Receipt.WEBHOOK, body, Submissions.Client.UNKNOWN);

        assertThat(form.submission().getProblem()).isEqualTo("invalid-email");
        assertThat(form.errors()).singleElement().extracting(e -> e.field()).isEqualTo("email");
        assertThat(webhook.submission().getProblem()).isNull();
        assertThat(webhook.submission().getEmail()).isNull();
        assertThat(PersonalData.open(webhook.submission().getPhone())).isEqualTo("+4930901820");
    }

    @Test
    void theAddressOfAVisitorIsItsConnectionsAndOfAServersCallerWhatItSays() {
        String body = "{\"user_ip\":\"203.0.113.5\"}";

        var form = judge(Receipt.FORM, body, new Submissions.Client("192.0.2.1", null));
        var api = judge(Receipt.API, body, Submissions.Client.UNKNOWN);
        var nonsense = judge(Receipt.API, "{\"user_ip\":\"home\"}", Submissions.Client.UNKNOWN);

        assertThat(PersonalData.open(form.submission().getUserIp())).isEqualTo("192.0.2.1");
        assertThat(PersonalData.open(api.submission().getUserIp())).isEqualTo("203.0.113.5");
        assertThat(nonsense.submission().getUserIp()).isNull();
    }

    @Test
    void theFirstFindingNamesTheProblemAndAllAreTold() {
        var judged =
                judge(
                        Receipt.API,
                        "{\"email\":\"no\",\"submitted_at\":\"4000-01-01\"}",
                        Submissions.Client.UNKNOWN);

        assertThat(judged.submission().getProblem()).isEqualTo("invalid-email");
        assertThat(judged.errors())
                .extracting(e -> e.field())
                .isEqualTo(List.of("email", "submitted_at"));
        assertThat(judged.submission().getSubmittedAt()).isEqualTo(NOW);
    }

    private Submissions.Judged judge(String channel, String body, Submissions.Client client) {
        var tree = Json.read(body);
        return submissions.judge(
                new SubmissionItem(LeadFields.ofMembers(tree), null, tree),
                receipt(channel, channel.equals(Receipt.WEBHOOK) ? "src" : null),
                client,
                "019aa1b0-0000-7000-8000-000000000001",
                "hash",
                Dedup.NONE);
    }

    private static Receipt receipt(String channel, @Nullable String source) {
        return new Receipt("r", "main", channel, source, source, null, null, NOW);
    }
}
