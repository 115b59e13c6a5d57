package io.headwater.command.intake.replay;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.meta;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.replay.Comparison.Verdict;
import io.headwater.events.Pii;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.schema.PersonalData;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String ID = "019aa1b0-0000-7000-8000-00000000000a";
    private static final String LEAD = "main_019aa1b00000700080000000000000a";

    /// What the new mapping reads; null: nothing.
    private Submission.@Nullable Builder again = of("Anna", "anna@lakeside.test");

    /// What the mapping reads that it came through; null: not known.
    private Submission.@Nullable Builder before;

    private final History history =
            new History(
                    "src",
                    _ -> Optional.ofNullable(before).map(Submission.Builder::build),
                    _ -> Optional.ofNullable(again).map(Submission.Builder::build));

    private static Submission.Builder of(String fullName, @Nullable String email) {
        return submission()
                .setSubmissionId(ID)
                .setChannel("webhook")
                .setSourceId("src")
                .setFirstName(null)
                .setLastName(null)
                .setFullName(PersonalData.of(fullName))
                .setEmail(PersonalData.ofNullable(email))
                .setPhone(null);
    }

    private void captured(Submission.Builder submission) {
        history.apply(
                LeadCaptured.newBuilder()
                        .setMeta(meta(LEAD, 1))
                        .setLeadId(LEAD)
                        .setSubmission(submission.build())
                        .build());
    }

    private void quarantined(Submission.Builder submission) {
        history.apply(
                SubmissionQuarantined.newBuilder()
                        .setMeta(meta(ID, 1))
                        .setSubmission(submission.setProblem("no-identity").build())
                        .setCode("no-identity")
                        .setDetail("nobody")
                        .build());
    }

    private void edited(String actor, Map<String, String> before, Map<String, String> after) {
        history.apply(
                SubmissionEdited.newBuilder()
                        .setMeta(meta(ID, 2))
                        .setSubmissionId(ID)
                        .setBefore(sealed(before))
                        .setAfter(sealed(after))
                        .setActor(actor)
                        .build());
    }

    private void corrected(Map<String, String> before, Map<String, String> after) {
        history.apply(
                LeadCorrected.newBuilder()
                        .setMeta(meta(LEAD, 2))
                        .setLeadId(LEAD)
                        .setSubmissionId(ID)
                        .setBefore(sealed(before))
                        .setAfter(sealed(after))
                        .setMappingVersion(2)
                        .setPlanId("plan")
                        .setActor("user:anna")
                        .build());
    }

    private static Map<String, Pii> sealed(Map<String, String> values) {
        var sealed = new TreeMap<String, Pii>();
        values.forEach((name, value) -> sealed.put(name, PersonalData.of(value)));
        return sealed;
    }

    private History.Kept kept() {
        return Objects.requireNonNull(history.submissions().get(ID));
    }

    private Verdict verdict() {
        return Comparison.verdict(kept());
    }

    @Test
    void aLeadThatReadsDifferentlyIsChangedUntilItWasCorrected() {
        captured(of("anna@lakeside.test", "anna@lakeside.test"));
        assertThat(verdict()).isEqualTo(Verdict.CHANGED);
        assertThat(kept().changes()).containsExactly("full_name");

        corrected(Map.of("full_name", "anna@lakeside.test"), Map.of("full_name", "Anna"));

        assertThat(verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void aDifferenceThatTheMappingDidNotMakeIsNone() {
        again = of("Anna", "anna@lakeside.test").setCity("Neu-Ulm");
        before = of("anna@lakeside.test", "anna@lakeside.test").setCity("Neu-Ulm");
        captured(of("anna@lakeside.test", "anna@lakeside.test").setCity("Ulm"));
        assertThat(kept().changes()).containsExactly("full_name");

        corrected(Map.of("full_name", "anna@lakeside.test"), Map.of("full_name", "Anna"));

        assertThat(verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void aNameIsCorrectedAsAWhole() {
        captured(
                of("Anna", "anna@lakeside.test")
                        .setFullName(null)
                        .setFirstName(PersonalData.of("Anna@"))
                        .setLastName(PersonalData.of("Lakeside")));

        assertThat(kept().changes()).containsExactly("first_name", "full_name", "last_name");
    }

    @Test
    void aFieldThatIsGoneIsAChangeToo() {
        captured(of("Anna", "anna@lakeside.test").setCity("Ulm"));
        again = of("Anna", "anna@lakeside.test").setCity(null);
        captured(of("Anna", "anna@lakeside.test").setCity("Ulm"));

        assertThat(kept().changes()).containsExactly("city");
    }

    @Test
    void whatPeopleChangedIsNotOverwritten() {
        captured(of("anna@", "anna@lakeside.test"));
        edited("user:berta", Map.of("full_name", "anna@"), Map.of("full_name", "Annika"));
        assertThat(verdict()).isEqualTo(Verdict.UNCHANGED);

        edited("system", Map.of(), Map.of("city", "Ulm"));
        assertThat(kept().byHand()).containsExactly("full_name");
    }

    @Test
    void whatWaitsAndCanBeReadIsNewlyValid() {
        quarantined(of("Anna", null));
        assertThat(verdict()).isEqualTo(Verdict.NEWLY_VALID);

        again = of("Anna", null).setProblem("no-identity");
        quarantined(of("Anna", null));
        assertThat(verdict()).isEqualTo(Verdict.STILL_QUARANTINED);
    }

    @Test
    void whatSomebodyWorksOnByHandIsLeftToThem() {
        quarantined(of("Anna", null));
        edited("user:berta", Map.of(), Map.of("city", "Ulm"));

        assertThat(verdict()).isEqualTo(Verdict.STILL_QUARANTINED);
    }

    @Test
    void aCapIsNoMatterOfAMapping() {
        quarantined(of("Anna", "anna@lakeside.test"));
        history.apply(
                SubmissionQuarantined.newBuilder()
                        .setMeta(meta(ID, 1))
                        .setSubmission(
                                of("Anna", "anna@lakeside.test").setProblem("cap-reached").build())
                        .setCode("cap-reached")
                        .setDetail("full")
                        .build());

        assertThat(verdict()).isEqualTo(Verdict.STILL_QUARANTINED);
    }

    @Test
    void aLeadThatCouldNotBeReadAnyMoreIsNewlyRejected() {
        again = null;
        captured(of("Anna", "anna@lakeside.test"));

        assertThat(verdict()).isEqualTo(Verdict.NEWLY_REJECTED);
    }

    @Test
    void rejectedDuplicatesAndOtherSourcesAreNotAffected() {
        quarantined(of("Anna", null));
        history.apply(
                SubmissionRejected.newBuilder()
                        .setMeta(meta(ID, 2))
                        .setSubmissionId(ID)
                        .setReasonCode("spam")
                        .setActor("user:anna")
                        .build());
        assertThat(verdict()).isEqualTo(Verdict.NOT_AFFECTED);

        history.apply(
                SubmissionDuplicated.newBuilder()
                        .setMeta(meta("other", 1))
                        .setSubmission(
                                of("Anna", null)
                                        .setSubmissionId("other")
                                        .setSourceId("else")
                                        .build())
                        .setDuplicateOf(ID)
                        .setRule("person")
                        .build());
        assertThat(history.submissions()).containsOnlyKeys(ID);
    }

    @Test
    void examplesAreMaskedAndCountsAreOfAll() {
        captured(of("Zoe Example", "zoe@lakeside.test").setCity("Ulm"));

        var comparison = Comparison.of(history);
        var result = comparison.result(7);

        assertThat(result.path("changed").asInt()).isEqualTo(1);
        assertThat(result.path("events_read").asInt()).isEqualTo(7);
        assertThat(result.toString())
                .doesNotContain("zoe@lakeside.test", "Zoe Example", "anna@lakeside.test")
                .contains("z***@l***", "a***@l***", "Ulm");
        assertThat(comparison.items()).singleElement().extracting("predicted").isEqualTo("changed");
        assertThat(kept().origin().getReceivedAt()).isEqualTo(NOON);
    }
}
