package io.headwater.schema;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// `sessions/YYYY/MM/DD/{session_id}/`: where everything about a session is in the object store.
///
/// The date (UTC) is that of the session's creation, inside its id. Ids made elsewhere, and ids
/// whose date cannot be, go by the received date of each record, so such a session may have a
/// folder on two days.
public final class SessionFolder {

    /// The folder of all.
    public static final String SESSIONS = "sessions/";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant OLDEST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Duration CLOCKS_APART = Duration.ofDays(1);
    private static final int LONGEST_NAME = 128;

    private SessionFolder() {}

    /// @param receivedAt of the record that is to be written there
    public static String of(String sessionId, Instant receivedAt) {
        var created =
                Slots.createdAt(sessionId)
                        .filter(at -> at.isAfter(OLDEST))
                        .filter(at -> at.isBefore(receivedAt.plus(CLOCKS_APART)))
                        .orElse(receivedAt);
        return SESSIONS + DATE.format(created) + "/" + name(sessionId) + "/";
    }

    /// Where its objects are, when its id tells the date; empty: on any day that something of it
    /// was received.
    public static Optional<String> told(String sessionId) {
        return Slots.createdAt(sessionId)
                .filter(at -> at.isAfter(OLDEST))
                .map(at -> SESSIONS + DATE.format(at) + "/" + name(sessionId) + "/");
    }

    /// When the day of a folder is over; empty: its name is no day.
    ///
    /// @param folder `sessions/YYYY/MM/DD/`
    public static Optional<Instant> end(String folder) {
        try {
            var day =
                    LocalDate.parse(folder.substring(SESSIONS.length(), folder.length() - 1), DATE);
            return Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException | StringIndexOutOfBoundsException other) {
            return Optional.empty();
        }
    }

    /// Clients may send any text as an id; none of it may reach out of the folder.
    public static String name(String sessionId) {
        String name =
                URLEncoder.encode(sessionId, StandardCharsets.UTF_8)
                        .replace(".", "%2E")
                        .replace("*", "%2A");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return "sha256-" + HexFormat.of().formatHex(sha256(sessionId));
        }
        return name;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
