package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;

/// Leads of a site that are to be forgotten, and whether they are.
record Forgetting(LaunchedPlatform platform, TestSite site) {

    /// Keys are soon remembered by nobody, and the log is archived at once.
    ///
    /// @param words more options of `up`
    static LaunchedPlatform start(String... words) {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("LEAD_DECISION_WAIT", "20s");
        settings.put("VAULT_KEY_LIFE", "2s");
        settings.put("LOG_ARCHIVE_RANGE_AGE", "1s");
        settings.put("LOG_ARCHIVE_RANGE_OFFSETS", "20");
        return LaunchedPlatform.start(settings, words);
    }

    /// @return the id of the lead
    String captured(String mail, String message) {
        var answer =
                site.capture(
                        """
                        {"email":"%s","message":"%2$s","consent_text":"%2$s"}\
                        """
                                .formatted(mail, message));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("lead_id").asString();
    }

    void requireDone(String lead) {
        soon(() -> {
            var erasure = site.read("/admin/erasures/" + lead);
            assertThat(erasure.path("state").asString()).as(erasure.toString()).isEqualTo("done");
        });
    }

    /// Bytes of old rows stay in Postgres' files and its log until they are overwritten.
    void requireNowhere(String secret) throws Exception {
        assertThat(KeptScan.of(platform, secret).places())
                .as(secret)
                .allMatch(place -> place.startsWith("file postgres/"));
    }
}
