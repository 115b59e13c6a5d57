package io.headwater.schema;

import io.headwater.events.Pii;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The way into and out of [Pii] while it is in the clear, in the memory of a process. On its way
/// to a topic it is sealed, see [PersonalFields].
public final class PersonalData {

    private static final String NONE = "none";

    private PersonalData() {}

    /// @return null for null
    public static @Nullable Pii ofNullable(@Nullable String value) {
        return value == null ? null : of(value);
    }

    public static Pii of(String value) {
        return of(value, "");
    }

    /// @param kid key that it was sealed with, and will be again
    public static Pii of(String value, String kid) {
        return new Pii(NONE, kid, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /// @return null for null
    /// @throws IllegalStateException when the value is sealed: then it takes its key to open it
    public static @Nullable String open(@Nullable Pii pii) {
        return pii == null ? null : opened(pii);
    }

    public static boolean isClear(Pii pii) {
        return NONE.equals(pii.getAlg());
    }

    public static String opened(Pii pii) {
        if (!isClear(pii)) {
            throw new IllegalStateException(
                    "personal data is sealed by " + pii.getAlg() + " and was not opened");
        }
        return StandardCharsets.UTF_8.decode(pii.getData().duplicate()).toString();
    }
}
