package io.headwater.query.platform.paging;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a page ended. Opaque to callers, checked field by field when it comes back.
///
/// @param sort name of the order it belongs to
/// @param value of the sort column in the last row
/// @param id of the last row
public record Cursor(String sort, String value, String id) {
    private static final int LONGEST = 2_000;
    private static final String SEPARATOR = "\n";

    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        String.join(SEPARATOR, sort, value, id).getBytes(StandardCharsets.UTF_8));
    }

    /// @param field where it came from, for the problem document
    public static Cursor decode(String field, String text) {
        if (text.length() > LONGEST) {
            throw refused(field);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String[] parts = decoded.split(SEPARATOR, 3);
            if (parts.length != 3 || parts[2].isEmpty() || decoded.indexOf('\0') >= 0) {
                throw refused(field);
            }
            return new Cursor(parts[0], parts[1], parts[2]);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refused(field);
        }
    }

    private static RuntimeException refused(String field) {
        return badParameter(field, "is not a cursor that this API gave out");
    }
}
