package io.headwater.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.vault.ErasureSettings;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.privacy.VisitorErased;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures.Job;
import io.headwater.vault.Erasures.State;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DueWishesTest {

    private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration UNDO = Duration.ofHours(24);

    private final List<ProducerRecord<String, SpecificRecord>> said = new ArrayList<>();
    private boolean ready = true;
    private Instant now = ASKED;
    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            };
    private final DueWishes wishes =
            new DueWishes(directory(), this::append, new ErasureSettings(UNDO), clock);

    private CompletableFuture<Void> append(List<ProducerRecord<String, SpecificRecord>> records) {
        said.addAll(records);
        return CompletableFuture.completedFuture(null);
    }

    /// Knows no site.
    private AccessDirectory directory() {
        return (AccessDirectory)
                Proxy.newProxyInstance(
                        AccessDirectory.class.getClassLoader(),
                        new Class<?>[] {AccessDirectory.class},
                        (_, method, _) ->
                                method.getName().equals("ready") ? ready : Optional.empty());
    }

    private static Job job(String subject, Instant requestedAt, boolean atOnce) {
        return new Job(
                subject,
                "main",
                "hand",
                "user:ada",
                requestedAt,
                atOnce,
                State.REQUESTED,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private ChangeLead command() {
        return (ChangeLead) said.getLast().value();
    }

    @Test
    void aLeadIsForgottenWhenTheTimeIsOver() {
        var job = job("main_a", ASKED, false);
        now = ASKED.plus(UNDO).minusMillis(1);
        wishes.goOn(job);
        assertThat(said).isEmpty();

        now = ASKED.plus(UNDO);
        wishes.goOn(job);
        assertThat(said).hasSize(1);
        assertThat(said.getFirst().topic()).isEqualTo(Topics.LEAD_COMMANDS.name());
        assertThat(command().getForget().getRequestedAt()).isEqualTo(ASKED);

        wishes.goOn(job);
        assertThat(said).as("once is enough for a while").hasSize(1);
        now = now.plusSeconds(30);
        wishes.goOn(job);
        assertThat(said).as("it may have been lost").hasSize(2);
    }

    @Test
    void aNewerWishIsSaidWithoutDelay() {
        now = ASKED.plus(UNDO);
        wishes.goOn(job("main_a", ASKED, false));

        wishes.goOn(job("main_a", ASKED.plusSeconds(1), true));

        assertThat(said).hasSize(2);
        assertThat(command().getForget().getRequestedAt()).isEqualTo(ASKED.plusSeconds(1));
    }

    @Test
    void whoMustNotWaitDoesNot() {
        wishes.goOn(job("main_a", ASKED, true));

        assertThat(said).hasSize(1);
    }

    @Test
    void aLeadWaitsUntilThePipelinesAreKnown() {
        ready = false;
        wishes.goOn(job("main_a", ASKED, true));
        assertThat(said).isEmpty();

        ready = true;
        wishes.goOn(job("main_a", ASKED, true));
        assertThat(said).hasSize(1);
    }

    @Test
    void aVisitorIsErasedInTheLog() {
        var job = job("main/v/1", ASKED, false);
        wishes.goOn(job);
        assertThat(said).isEmpty();

        now = ASKED.plus(UNDO);
        wishes.goOn(job);

        assertThat(said.getFirst().topic()).isEqualTo(Topics.PRIVACY_EVENTS.name());
        assertThat(said.getFirst().key()).isEqualTo("main/v/1");
        assertThat(said.getFirst().value())
                .isEqualTo(new VisitorErased("main", "v/1", ASKED, "system", now));
    }
}
