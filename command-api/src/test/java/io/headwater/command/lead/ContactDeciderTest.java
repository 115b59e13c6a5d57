package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.events.lead.CheckContact;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.ConsentWithdrawn;
import io.headwater.events.lead.CorrectLead;
import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.ForgetLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.UnmergeLead;
import io.headwater.events.lead.WithdrawConsent;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// May somebody be contacted? Closing the driver compares its stores with those of its events.
@SuppressWarnings("NullAway.Init")
class ContactDeciderTest {

    @TempDir private Path folder;
    private final Map<String, List<String>> lists = new HashMap<>();
    private boolean behind;
    private LeadDriver driver;

    @BeforeEach
    void start() {
        driver =
                new LeadDriver(
                        folder,
                        new Suppressions() {
                            @Override
                            public List<String> listsWith(
                                    String siteId, Collection<String> names, Instant now) {
                                return names.stream()
                                        .flatMap(name ->
                                                lists.getOrDefault(name, List.of()).stream())
                                        .distinct()
                                        .toList();
                            }

                            @Override
                            public boolean know(Map<String, Long> offsets, String keyId) {
                                return !behind;
                            }
                        });
    }

    /// Puts a hash that somebody else made on a list.
    private void suppress(String list, String hash) {
        lists.put(TestVaultKeys.names().index().name(Suppressions.ANY_SITE, hash), List.of(list));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static Consent consent(boolean granted, Instant at, String... purposes) {
        return Consent.newBuilder()
                .setGranted(granted)
                .setAt(at)
                .setPurposes(List.of(purposes))
                .build();
    }

    private static Submission.Builder from(String email, Consent... consents) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setDedupKey(id)
                .setEmail(PersonalData.of(email))
                .setPhone(null)
                .setVisitorId(null)
                .setConsents(List.of(consents));
    }

    private String lead(String email, Consent... consents) {
        return driver.capture(from(email, consents).build()).one(LeadCaptured.class).getLeadId();
    }

    private LeadDriver.Outcome withdraw(String leadId, int seconds, String... purposes) {
        return driver.change(
                LeadDriver.change(leadId)
                        .setAt(NOON.plusSeconds(seconds))
                        .setWithdraw(new WithdrawConsent(List.of(purposes), "phone", "asked so"))
                        .build());
    }

    private String may(String leadId, String purpose) {
        return may(leadId, purpose, false);
    }

    private static CheckContact.Builder question(String leadId, String purpose) {
        return CheckContact.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setSiteId(SITE)
                .setLeadId(leadId)
                .setPurpose(purpose)
                .setRequestedAt(NOON);
    }

    /// @return `allowed`, or the reasons why not
    private String may(String leadId, String purpose, boolean withoutConsent) {
        var outcome =
                driver.decide(
                        question(leadId, purpose).setWithoutConsent(withoutConsent).build(), NOON);
        assertThat(outcome.events()).isEmpty();
        var result = outcome.result();
        String reasons = result.getValues().getOrDefault("reasons", "");
        assertThat(result.getOutcome()).isEqualTo(reasons.isEmpty() ? "allowed" : "denied");
        return reasons.isEmpty() ? result.getOutcome() : reasons;
    }

    @Test
    void whoAgreedMayBeContactedForThatAndNothingElse() {
        String lead =
                lead("a@example.org", consent(true, NOON, "sms"), consent(false, NOON, "email"));

        assertThat(may(lead, "sms")).isEqualTo("allowed");
        assertThat(may(lead, "email")).isEqualTo("consent-refused");
        assertThat(may(lead, "phone")).isEqualTo("consent-unknown");
    }

    @Test
    void aSiteMayContactPeopleOfWhomNoConsentIsKnownButNobodyWhoSaidNo() {
        String lead = lead("a@example.org", consent(false, NOON, "email"), consent(true, NOON));

        assertThat(may(lead, "phone", true)).isEqualTo("allowed");
        assertThat(may(lead, "phone", false)).isEqualTo("consent-unknown");
        assertThat(may(lead, "email", true)).isEqualTo("consent-refused");
        withdraw(lead, 1);
        assertThat(may(lead, "phone", true)).isEqualTo("consent-withdrawn");
    }

    @Test
    void whatIsWithdrawnIsAnEventOnce() {
        String lead = lead("a@example.org", consent(true, NOON, "sms", "email"));

        var event = withdraw(lead, 5, "sms").only(ConsentWithdrawn.class);

        assertThat(event.getLeadId()).isEqualTo(lead);
        assertThat(event.getPurposes()).containsExactly("sms");
        assertThat(event.getChannel()).isEqualTo("phone");
        assertThat(event.getReason()).isEqualTo("asked so");
        assertThat(event.getAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(event.getActor()).isEqualTo("user:zoe");
        var repeated = withdraw(lead, 9, "sms");
        assertThat(repeated.events()).isEmpty();
        assertThat(repeated.result().getOutcome()).isEqualTo("unchanged");
        assertThat(may(lead, "sms")).isEqualTo("consent-withdrawn");
        assertThat(may(lead, "email")).isEqualTo("allowed");
    }

    @Test
    void whoAgreesAgainMayBeContactedAgain() {
        String lead = lead("a@example.org", consent(true, NOON, "sms"));
        withdraw(lead, 5);

        driver.capture(from("a@example.org", consent(true, NOON, "sms")).build());
        assertThat(may(lead, "sms")).isEqualTo("consent-withdrawn");
        driver.capture(
                from("a@example.org", consent(true, NOON.plusSeconds(6), "sms"))
                        .setReceivedAt(NOON.plusSeconds(7))
                        .build());
        assertThat(may(lead, "sms")).isEqualTo("allowed");
    }

    @Test
    void aDuplicateOfThePersonTellsWhatTheyAgreeToAllTheSame() {
        var first =
                from("a@example.org", consent(true, NOON, "sms"))
                        .setSourceId("ads")
                        .setPersonWindowSeconds(600);
        String lead = driver.capture(first.build()).one(LeadCaptured.class).getLeadId();

        var again =
                from("a@example.org", consent(false, NOON.plusSeconds(1), "sms"))
                        .setSourceId("ads")
                        .setPersonWindowSeconds(600)
                        .setReceivedAt(NOON.plusSeconds(2));
        assertThat(driver.capture(again.build()).result().getOutcome()).isEqualTo("duplicate");

        assertThat(may(lead, "sms")).isEqualTo("consent-refused");
    }

    @Test
    void whatAPersonWithdrawsIsWithdrawnOfEachOfTheirLeads() {
        String merged = lead("a@example.org", consent(true, NOON, "sms", "email"));
        String into = lead("b@example.org", consent(true, NOON, "phone"));
        driver.change(LeadDriver.change(merged).setMerge(new MergeLead(into, null)).build());
        assertThat(may(into, "sms")).isEqualTo("allowed");
        assertThat(may(merged, "phone")).isEqualTo("allowed");

        var outcome = withdraw(merged, 5, "sms");

        assertThat(outcome.events())
                .extracting(event -> ((ConsentWithdrawn) event).getLeadId())
                .containsExactly(merged, into);
        assertThat(may(into, "sms")).isEqualTo("consent-withdrawn");
        driver.change(LeadDriver.change(merged).setUnmerge(new UnmergeLead(null)).build());
        assertThat(may(merged, "sms")).isEqualTo("consent-withdrawn");
        assertThat(may(into, "sms")).isEqualTo("consent-withdrawn");
        assertThat(may(into, "email")).isEqualTo("consent-unknown");
        assertThat(may(merged, "email")).isEqualTo("allowed");
    }

    @Test
    void whoAskedToBeForgottenIsNotContacted() {
        String merged = lead("a@example.org", consent(true, NOON, "sms"));
        String into = lead("b@example.org", consent(true, NOON, "sms"));
        driver.change(LeadDriver.change(merged).setMerge(new MergeLead(into, null)).build());

        driver.change(LeadDriver.change(merged).setErase(new EraseLead("hand", false)).build());
        assertThat(may(into, "sms")).isEqualTo("erase-requested");
        assertThat(may(into, "phone", true)).isEqualTo("erase-requested");

        driver.change(LeadDriver.change(merged).setForget(new ForgetLead("hand", null)).build());
        assertThat(may(into, "sms")).isEqualTo("erased,consent-unknown");
        assertThat(withdraw(into, 5).result().getCode()).isEqualTo("lead-erased");
    }

    @Test
    void whoIsOnAListIsNotContactedWhereItIsAbout() {
        var both =
                from("Ana@Mail.Example.org", consent(true, NOON, "sms", "email", "sharing"))
                        .setPhone(PersonalData.of("+46701740605"))
                        .build();
        String lead = driver.capture(both).one(LeadCaptured.class).getLeadId();
        assertThat(may(lead, "sms")).isEqualTo("allowed");

        suppress("dnc", Sha256.hex("+46701740605"));
        assertThat(may(lead, "sms")).isEqualTo("suppressed");
        assertThat(may(lead, "email")).isEqualTo("allowed");
        assertThat(may(lead, "sharing")).isEqualTo("suppressed");
        lists.clear();
        suppress("dnc", Sha256.hex("46701740605"));
        assertThat(may(lead, "sms")).isEqualTo("suppressed");
        lists.clear();
        suppress("rivals", Sha256.hex("example.org"));
        assertThat(may(lead, "sms")).isEqualTo("allowed");
        assertThat(may(lead, "email")).isEqualTo("suppressed");
        assertThat(may(lead, "phone", true)).isEqualTo("allowed");
    }

    @Test
    void everyAddressThatAPersonEverGaveCounts() {
        String lead = lead("old@example.org", consent(true, NOON, "email"));
        String other = lead("other@example.org");
        driver.change(LeadDriver.change(other).setMerge(new MergeLead(lead, null)).build());
        driver.change(
                LeadDriver.change(lead)
                        .setMachine(true)
                        .setCorrect(
                                CorrectLead.newBuilder()
                                        .setSubmissionId("s")
                                        .setAfter(
                                                Map.of("email", PersonalData.of("new@example.org")))
                                        .setMappingVersion(2)
                                        .build())
                        .build());

        for (String email : List.of("old", "other", "new")) {
            lists.clear();
            assertThat(may(lead, "email")).isEqualTo("allowed");
            suppress("dnc", Sha256.hex(email + "@example.org"));
            assertThat(may(lead, "email")).as(email).isEqualTo("suppressed");
        }
    }

    @Test
    void whoGaveMoreThanWhatIsKeptIsNotContacted() {
        var first = from("a@example.org", consent(true, NOON, "email"));
        first.setPhone(PersonalData.of("+46701740605"));
        String lead = driver.capture(first.build()).one(LeadCaptured.class).getLeadId();
        for (int i = 0; i < 250; i++) {
            driver.capture(
                    from("a" + i + "@example.org")
                            .setPhone(PersonalData.of("+46701740605"))
                            .build());
        }

        assertThat(may(lead, "email")).isEqualTo("too-many-addresses");
    }

    @Test
    void whoDoesNotKnowTheListsYetDoesNotDecide() {
        String lead = lead("a@example.org", consent(true, NOON, "email"));
        behind = true;

        var outcome = driver.decide(question(lead, "email").build(), NOON);

        assertThat(outcome.result().getAccepted()).isFalse();
        assertThat(outcome.result().getCode()).isEqualTo("suppressions-behind");
    }

    @Test
    void nobodyIsNoLead() {
        var outcome = driver.decide(question(LEAD, "sms").build(), NOON);

        assertThat(outcome.result().getAccepted()).isFalse();
        assertThat(outcome.result().getCode()).isEqualTo("unknown-lead");
    }

    @Test
    void nothingIsWithdrawnInTheFuture() {
        String lead = lead("a@example.org", consent(true, NOON, "sms"));

        assertThat(withdraw(lead, 61).result().getCode()).isEqualTo("at-in-future");
        assertThat(may(lead, "sms")).isEqualTo("allowed");
    }
}
