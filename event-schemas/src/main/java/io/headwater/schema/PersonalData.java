package io.headwater.schema;

import io.headwater.events.Pii;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The only way into and out of [Pii]: what is personal is never a plain string on a topic.
public final class PersonalData {

    private static final String NONE = "none";

    private PersonalData() {}

    /// @return null for null
    public static @Nullable Pii seal(@Nullable String value) {
        return value == null ? null : sealed(value);
    }

    public static Pii sealed(String value) {
        return new Pii(NONE, "", ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /// @return null for null
    /// @throws IllegalStateException when the value was sealed by an algorithm that this version
    ///   does not know
    public static @Nullable String open(@Nullable Pii pii) {
        return pii == null ? null : opened(pii);
    }

    public static String opened(Pii pii) {
        if (!NONE.equals(pii.getAlg())) {
            throw new IllegalStateException(
                    "personal data sealed by unknown algorithm " + pii.getAlg());
        }
        return StandardCharsets.UTF_8.decode(pii.getData().duplicate()).toString();
    }
}
