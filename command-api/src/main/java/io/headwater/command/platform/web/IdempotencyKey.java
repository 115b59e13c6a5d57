package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header by which a caller says that two requests are one.
///
/// source: draft-ietf-httpapi-idempotency-key-header, which quotes the key; most callers do not
public final class IdempotencyKey {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern USABLE = Pattern.compile("[!-~]{1,255}");

    private IdempotencyKey() {}

    /// @return null when there is none
    /// @throws ProblemException 400 when it is not usable
    public static @Nullable String of(HttpServletRequest request) {
        String sent = request.getHeader(HEADER);
        if (sent == null || sent.isBlank()) {
            return null;
        }
        String key = sent.strip();
        if (key.length() > 2 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (!USABLE.matcher(key).matches()) {
            throw ProblemType.INVALID_FIELDS
                    .with("The idempotency key must be 1 to 255 visible ASCII characters.")
                    .on(List.of(new FieldError(HEADER, "is not usable")))
                    .asException();
        }
        return key;
    }
}
