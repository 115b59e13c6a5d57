package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.TestVaultKeys;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrimaryLeadTest {

    private static final Namer NAMER = new Namer(TestVaultKeys.names());

    private final Map<String, String> known = new HashMap<>();

    private @Nullable PrimaryLead resolve(Submission.Builder submission) {
        return PrimaryLead.resolve(NAMER.of(submission.build()), this::lookup);
    }

    private @Nullable String lookup(@Nullable String key) {
        return key == null ? null : known.get(key);
    }

    private static Identities names(Submission.Builder submission) {
        return NAMER.of(submission.build());
    }

    private void learn(@Nullable String key, String leadId) {
        assertThat(key).isNotNull();
        known.put(String.valueOf(key), leadId);
    }

    private static Submission.Builder anonymous() {
        return submission().setEmail(null).setPhone(null);
    }

    @Test
    void unknownContactIsANewLead() {
        assertThat(resolve(submission())).isEqualTo(new PrimaryLead(null, null));
    }

    @Test
    void emailWinsAndTheConflictIsRecorded() {
        learn(names(submission()).email(), "by-email");
        learn(names(submission()).phone(), "by-phone");
        assertThat(resolve(submission())).isEqualTo(new PrimaryLead("by-email", "by-phone"));
    }

    @Test
    void phoneFindsWhoUsesANewEmail() {
        learn(names(submission()).phone(), "by-phone");
        assertThat(resolve(submission().setEmail(PersonalData.of("new@example.org"))))
                .isEqualTo(new PrimaryLead("by-phone", null));
    }

    @Test
    void visitorCountsOnlyWithoutEmailAndPhone() {
        learn(names(anonymous()).visitor(), "by-visitor");
        assertThat(resolve(submission())).isEqualTo(new PrimaryLead(null, null));
        assertThat(resolve(anonymous())).isEqualTo(new PrimaryLead("by-visitor", null));
    }

    @Test
    void addressCountsOnlyAlone() {
        var bare = anonymous().setVisitorId(null);
        learn(names(bare).address(), "by-address");
        assertThat(resolve(anonymous())).isEqualTo(new PrimaryLead(null, null));
        assertThat(resolve(bare)).isEqualTo(new PrimaryLead("by-address", null));
    }

    @Test
    void nobodyIsNobody() {
        assertThat(resolve(anonymous().setVisitorId(null).setUserIp(null))).isNull();
    }

    @Test
    void projectsAreComparedWithoutCase() {
        assertThat(names(submission().setProjectName("SEASIDE")).email())
                .isEqualTo(names(submission()).email());
        assertThat(names(submission().setProjectName(null)).email())
                .isEqualTo(names(submission().setProjectName("")).email())
                .isNotEqualTo(names(submission()).email());
    }

    @Test
    void sitesShareNobody() {
        assertThat(names(submission().setSiteId("other")).email())
                .isNotEqualTo(names(submission()).email());
    }

    @Test
    void keysHoldNoPersonalData() {
        assertThat(names(submission()).toString()).doesNotContain("zoe", "34600000001", "203.0");
    }
}
