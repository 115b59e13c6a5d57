package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.lead.Agreement.Answer;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final Instant LATER = NOON.plusSeconds(60);

    private static Submission told(boolean granted, Instant at, String... purposes) {
        return submission()
                .setReceivedAt(LATER.plusSeconds(600))
                .setConsents(
                        List.of(
                                Consent.newBuilder()
                                        .setGranted(granted)
                                        .setAt(at)
                                        .setPurposes(List.of(purposes))
                                        .build()))
                .build();
    }

    private static @Nullable Answer answer(Agreement agreement, String purpose) {
        var given = agreement.of(purpose);
        return given == null ? null : given.answer();
    }

    @Test
    void theNewestAnswerCountsWhenItIsToldLate() {
        var agreed =
                Agreement.NONE
                        .with(told(false, LATER, "sms"))
                        .with(told(true, NOON, "sms", "email"));

        assertThat(answer(agreed, "sms")).isEqualTo(Answer.REFUSED);
        assertThat(answer(agreed, "email")).isEqualTo(Answer.GRANTED);
        assertThat(agreed.of("phone")).isNull();
    }

    @Test
    void aConsentThatSaysNotWhatForAllowsNothing() {
        var agreed = Agreement.NONE.with(told(true, NOON));

        assertThat(agreed).isEqualTo(Agreement.NONE);
    }

    @Test
    void whatIsWithdrawnCountsUntilItIsGrantedAnew() {
        var withdrawn =
                Agreement.NONE
                        .with(told(true, NOON, "sms", "email"))
                        .withdrawn(List.of("sms"), LATER, "c1");

        assertThat(answer(withdrawn, "sms")).isEqualTo(Answer.WITHDRAWN);
        assertThat(answer(withdrawn, "email")).isEqualTo(Answer.GRANTED);
        var again = withdrawn.with(told(true, LATER.plusMillis(1), "sms"));
        assertThat(answer(again, "sms")).isEqualTo(Answer.GRANTED);
    }

    @Test
    void everythingIsWithdrawnAlsoWhatNobodyAskedFor() {
        var withdrawn =
                Agreement.NONE
                        .with(told(true, NOON, "sms"))
                        .withdrawn(List.of(), LATER, "c1")
                        .with(told(true, LATER.plusMillis(1), "phone"));

        assertThat(answer(withdrawn, "sms")).isEqualTo(Answer.WITHDRAWN);
        assertThat(answer(withdrawn, "letters")).isEqualTo(Answer.WITHDRAWN);
        assertThat(answer(withdrawn, "phone")).isEqualTo(Answer.GRANTED);
    }

    @Test
    void ofAnswersOfOneTimeTheOneThatAllowsLessCounts() {
        var agreed = Agreement.NONE.with(told(true, NOON, "sms"));

        assertThat(answer(agreed.with(told(false, NOON, "sms")), "sms")).isEqualTo(Answer.REFUSED);
        assertThat(answer(agreed.withdrawn(List.of(), NOON, "c1"), "sms"))
                .isEqualTo(Answer.WITHDRAWN);
    }

    @Test
    void whoAnswersIsNotBelievedToHaveDoneItAfterItWasReceived() {
        var ahead =
                Submission.newBuilder(told(true, LATER.plusSeconds(9_999), "sms"))
                        .setReceivedAt(NOON)
                        .build();

        var agreed = Agreement.NONE.with(ahead).withdrawn(List.of("sms"), LATER, "c1");

        assertThat(answer(agreed, "sms")).isEqualTo(Answer.WITHDRAWN);
    }

    @Test
    void onlyWhatStandsCanBeWithdrawn() {
        var agreed = Agreement.NONE.with(told(true, NOON, "sms"));
        var withdrawn = agreed.withdrawn(List.of("sms"), LATER, "c1");

        assertThat(agreed.canBeWithdrawn(List.of("sms"), LATER)).isTrue();
        assertThat(agreed.canBeWithdrawn(List.of("sms"), NOON.minusMillis(1))).isFalse();
        assertThat(withdrawn.canBeWithdrawn(List.of("sms"), LATER.plusMillis(1))).isFalse();
        assertThat(withdrawn.canBeWithdrawn(List.of("phone"), LATER)).isTrue();
        assertThat(withdrawn.canBeWithdrawn(List.of(), LATER)).isTrue();
        var all = withdrawn.withdrawn(List.of(), LATER, "c2");
        assertThat(all.canBeWithdrawn(List.of(), LATER.plusMillis(1))).isFalse();
        assertThat(all.canBeWithdrawn(List.of("phone"), LATER.plusMillis(1))).isFalse();
        assertThat(
                        all.with(told(true, LATER.plusMillis(1), "sms"))
                                .canBeWithdrawn(List.of(), LATER.plusMillis(2)))
                .isTrue();
    }

    @Test
    void whoInventsPurposesIsNotListenedToForEver() {
        var many = Agreement.NONE;
        for (int i = 0; i < 150; i++) {
            many = many.with(told(true, NOON, "word_" + i));
        }

        assertThat(many.answers()).hasSize(100);
        assertThat(answer(many.withdrawn(List.of("word_149"), LATER, "c1"), "word_149"))
                .isEqualTo(Answer.WITHDRAWN);
    }

    @Test
    void theOrderInWhichAnswersAreToldChangesNothing() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var steps = new ArrayList<UnaryOperator<Agreement>>();
            IntStream.range(0, 8)
                    .forEach(i -> {
                        var at = NOON.plusSeconds(random.nextInt(4));
                        String purpose = random.nextBoolean() ? "sms" : "email";
                        boolean granted = random.nextBoolean();
                        steps.add(
                                switch (random.nextInt(4)) {
                                    case 0 -> a -> a.withdrawn(List.of(), at, "c");
                                    case 1 -> a -> a.withdrawn(List.of(purpose), at, "c");
                                    case 2 ->
                                            a ->
                                                    a.and(
                                                            Agreement.NONE.with(
                                                                    told(granted, at, purpose)));
                                    default -> a -> a.with(told(granted, at, purpose));
                                });
                    });
            var one = folded(steps);
            Collections.shuffle(steps, random);
            var other = folded(steps);
            for (String purpose : List.of("sms", "email", "other")) {
                assertThat(other.of(purpose)).isEqualTo(one.of(purpose));
            }
        }
    }

    private static Agreement folded(List<UnaryOperator<Agreement>> steps) {
        var agreement = Agreement.NONE;
        for (var step : steps) {
            agreement = step.apply(agreement);
        }
        return agreement;
    }
}
