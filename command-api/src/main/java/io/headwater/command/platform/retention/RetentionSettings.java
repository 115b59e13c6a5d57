package io.headwater.command.platform.retention;

import io.headwater.vault.DataKind;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long each kind is kept, `keep` or days such as `30d`, and when what is older goes.
///
/// @param bodies raw bodies of requests, from when the rule is set
/// @param submissions that became no lead
/// @param facts of providers without a lead
/// @param sessions what is sealed of them, and their recordings
/// @param recordings of sessions in S3
/// @param unusedKeys that nothing was sealed with
/// @param at time of the day, UTC
@ConfigurationProperties("headwater.retention")
public record RetentionSettings(
        String bodies,
        String submissions,
        String facts,
        String sessions,
        String recordings,
        String unusedKeys,
        String at) {

    public RetentionSettings {
        requireAll(bodies, submissions, facts, sessions, recordings, unusedKeys);
        requireTime(at);
    }

    private static void requireAll(
            String bodies,
            String submissions,
            String facts,
            String sessions,
            String recordings,
            String unusedKeys) {
        require(DataKind.BODIES, bodies);
        require(DataKind.SUBMISSIONS, submissions);
        require(DataKind.FACTS, facts);
        require(DataKind.SESSIONS, sessions);
        require(DataKind.RECORDINGS, recordings);
        require(DataKind.UNUSED_KEYS, unusedKeys);
    }

    private static void require(DataKind kind, String word) {
        try {
            Kept.of(kind, word);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "headwater.retention.%s %s: %s"
                            .formatted(kind.word(), wrong.getMessage(), word),
                    wrong);
        }
    }

    private static void requireTime(String at) {
        try {
            LocalTime.parse(at);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "headwater.retention.at must be a time such as 03:00: " + at, wrong);
        }
    }

    Kept kept(DataKind kind) {
        return Kept.of(
                kind,
                switch (kind) {
                    case BODIES -> bodies;
                    case SUBMISSIONS -> submissions;
                    case FACTS -> facts;
                    case SESSIONS -> sessions;
                    case RECORDINGS -> recordings;
                    case UNUSED_KEYS -> unusedKeys;
                });
    }

    LocalTime time() {
        return LocalTime.parse(at);
    }
}
