package io.headwater.command.intake.webhook;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One provider's way: how it proves itself and what its bodies mean. Adding a provider adds one
/// class of this kind.
interface ProviderPreset {

    /// As in the URL and in the source.
    String name();

    default Set<Body.Kind> accepts() {
        return Body.ONLY_JSON;
    }

    /// @return why the delivery is not the provider's; null when it is
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when the proof is
    ///   inside a body that cannot be read
    Signature.@Nullable Reason authenticate(Delivery delivery, SourceConfig source);

    /// @param payload the body as sent: secrets are taken out of what is made of it
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when the body is not
    ///   what this provider sends
    Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source);

    /// @param ignored why an authentic event means nothing to us; null when it means something
    record Normalised(
            List<SubmissionItem> submissions, List<FactItem> facts, @Nullable String ignored) {

        static Normalised submission(SubmissionItem item) {
            return new Normalised(List.of(item), List.of(), null);
        }

        static Normalised fact(FactItem item) {
            return new Normalised(List.of(), List.of(item), null);
        }

        static Normalised ignored(String reason) {
            return new Normalised(List.of(), List.of(), reason);
        }
    }
}
