package io.headwater.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Pii;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.CorrectLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.views.LeadRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.WebhookRow;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersonalKeysTest {

    private final Map<String, KeyState> vault = new HashMap<>();
    private int lookUps;
    private final PersonalKeys personal =
            new PersonalKeys(
                    new KeySource() {
                        @Override
                        public KeyState find(String kid) {
                            return Optional.ofNullable(vault.get(kid))
                                    .orElseThrow(() -> new AbsentKeyException(kid));
                        }

                        @Override
                        public Map<String, KeyState> findAll(Collection<String> kids) {
                            lookUps++;
                            return KeySource.super.findAll(kids);
                        }
                    });

    private Supplier<DataKey> fresh(String kid) {
        return () -> {
            try {
                byte[] material = new byte[DataKey.BYTES];
                material[0] = (byte) kid.hashCode();
                var key = new DataKey(kid, material);
                vault.put(kid, new KeyState.Active(key));
                return key;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    private static Submission submission() {
        return Submission.newBuilder()
                .setSubmissionId("s1")
                .setSiteId("lakeside")
                .setReceiptId("r1")
                .setChannel("api")
                .setDedupKind("none")
                .setBodyHash("")
                .setReceivedAt(Instant.EPOCH)
                .setSubmittedAt(Instant.EPOCH)
                .setFullName(PersonalData.of("Zoë Full"))
                .setEmail(PersonalData.of("zoe@example.org"))
                .setUtmSource("newsletter")
                .build();
    }

    private static CaptureLead capture(Submission submission) {
        return CaptureLead.newBuilder()
                .setCommandId("s1")
                .setSubmission(submission)
                .setPipeline(List.of())
                .build();
    }

    private static void set(SpecificRecord record, String field, @Nullable Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    @Test
    void everythingPersonalInsideARecordIsSealedWithOneKey() {
        var clear = capture(submission());

        var sealed = personal.sealed(clear, "", fresh("k1"));

        assertThat(clear.getSubmission().getEmail().getAlg()).isEqualTo("none");
        var inside = sealed.getSubmission();
        for (Pii pii : List.of(inside.getFullName(), inside.getEmail())) {
            assertThat(pii.getAlg()).isEqualTo(Envelope.ALGORITHM);
            assertThat(pii.getKid()).isEqualTo("k1");
        }
        assertThat(inside.getPhone()).isNull();
        assertThat(inside.getUtmSource()).isEqualTo("newsletter");
        assertThat(personal.open(inside.getEmail(), "lakeside", "email"))
                .contains("zoe@example.org");
        assertThat(personal.sealed(sealed, "", fresh("k2"))).isSameAs(sealed);
        assertThat(vault).containsOnlyKeys("k1");
    }

    @Test
    void aRowOpensWhatWasCopiedIntoItUnderAnotherName() {
        var sealed = personal.sealed(submission(), "", fresh("k1"));
        var row = new LeadRow();
        set(row, "site_id", "lakeside");
        set(row, "first_name", sealed.getFullName());
        set(row, "email", sealed.getEmail());

        var opened = personal.opened(row, "");

        assertThat(PersonalData.open(opened.getFirstName())).isEqualTo("Zoë Full");
        assertThat(PersonalData.open(opened.getEmail())).isEqualTo("zoe@example.org");
    }

    @Test
    void whatWasMovedDoesNotOpen() {
        var sealed = personal.sealed(submission(), "", fresh("k1"));
        var otherField = new LeadRow();
        set(otherField, "site_id", "lakeside");
        set(otherField, "phone", sealed.getEmail());
        var otherSite = new LeadRow();
        set(otherSite, "site_id", "riverside");
        set(otherSite, "email", sealed.getEmail());
        var another = fresh("k2").get();
        var otherKey = new LeadRow();
        set(otherKey, "site_id", "lakeside");
        set(
                otherKey,
                "email",
                new Pii(
                        Envelope.ALGORITHM,
                        another.kid(),
                        sealed.getEmail().getData().duplicate()));

        for (var row : List.of(otherField, otherSite, otherKey)) {
            assertThatThrownBy(() -> personal.opened(row, ""))
                    .isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void whatWasErasedIsMissingAndALostKeyIsNot() {
        var sealed = personal.sealed(submission(), "", fresh("k1"));

        vault.put("k1", new KeyState.Erased(Instant.EPOCH));
        assertThat(personal.opened(sealed, "").getEmail()).isNull();
        assertThat(personal.open(sealed.getEmail(), "lakeside", "email")).isEmpty();

        vault.clear();
        assertThatThrownBy(() -> personal.opened(sealed, ""))
                .isInstanceOf(AbsentKeyException.class);
    }

    @Test
    void whatIsSealedAgainHasItsKeyAgain() {
        var opened = personal.opened(personal.sealed(submission(), "", fresh("k1")), "");
        set(opened, "message", PersonalData.of("new"));

        var again = personal.sealed(opened, "", fresh("k2"));

        assertThat(again.getEmail().getKid()).isEqualTo("k1");
        assertThat(again.getMessage().getKid()).isEqualTo("k2");

        vault.put("k1", new KeyState.Erased(Instant.EPOCH));
        assertThat(personal.sealed(opened, "", fresh("k3")).getEmail()).isNull();
    }

    @Test
    void toldFieldsAreSealedAsTheFieldTheyName() {
        var correction =
                CorrectLead.newBuilder()
                        .setSubmissionId("s1")
                        .setMappingVersion(2)
                        .setAfter(
                                Map.of(
                                        "email", PersonalData.of("new@example.org"),
                                        "utm_source", PersonalData.of("search")))
                        .build();

        var sealed = personal.sealed(correction, "lakeside", fresh("k1"));

        assertThat(PersonalData.open(sealed.getAfter().get("utm_source"))).isEqualTo("search");
        var row = new SubmissionChangeRow();
        set(row, "site_id", "lakeside");
        set(row, "field", "email");
        set(row, "after_value", sealed.getAfter().get("email"));
        assertThat(PersonalData.open(personal.opened(row, "").getAfterValue()))
                .isEqualTo("new@example.org");
        set(row, "field", "phone");
        assertThatThrownBy(() -> personal.opened(row, "")).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void manyRowsTakeOneLookUpAndOldOnesNone() {
        var first = new LeadRow();
        set(first, "site_id", "lakeside");
        set(first, "email", personal.sealed(submission(), "", fresh("k1")).getEmail());
        var second = new LeadRow();
        set(second, "site_id", "lakeside");
        set(second, "email", personal.sealed(submission(), "", fresh("k2")).getEmail());
        var unknownSource = new WebhookRow();
        set(unknownSource, "remote_ip", PersonalData.of("192.0.2.1"));

        assertThat(personal.opened(List.of(first, second), ""))
                .allSatisfy(row ->
                        assertThat(PersonalData.open(row.getEmail())).isEqualTo("zoe@example.org"));
        assertThat(lookUps).isEqualTo(1);

        assertThat(personal.opened(List.of(unknownSource), "").getFirst()).isSameAs(unknownSource);
        assertThat(lookUps).isEqualTo(1);
    }
}
