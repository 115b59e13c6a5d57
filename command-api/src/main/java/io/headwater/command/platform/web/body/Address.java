package io.headwater.command.platform.web.body;

import io.headwater.events.Pii;
import io.headwater.schema.PageAddress;
import io.headwater.schema.PersonalData;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The address of a page, and what of it may be shown.
///
/// @param sent as it came; null: none
/// @param shown as [PageAddress] shows it; null: none, or nothing of it
public record Address(@Nullable String sent, @Nullable String shown) {

    public static Address of(@Nullable String sent) {
        String shown = PageAddress.shown(sent);
        return new Address(sent, shown == null || shown.isEmpty() ? null : shown);
    }

    public String shown(String otherwise) {
        return Objects.requireNonNullElse(shown, otherwise);
    }

    /// @return null when there is no more than is shown
    public @Nullable Pii asSent() {
        return Objects.equals(sent, shown) ? null : PersonalData.ofNullable(sent);
    }
}
