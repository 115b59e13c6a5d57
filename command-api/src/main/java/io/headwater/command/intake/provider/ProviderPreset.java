package io.headwater.command.intake.provider;

import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One provider's way: how it proves itself and what its bodies mean. Adding a provider adds one
/// class of this kind.
public interface ProviderPreset {

    /// As in the URL and in the source.
    String name();

    default Set<Body.Kind> accepts() {
        return Body.ONLY_JSON;
    }

    /// Names of the signature schemes that a source of this provider may use, see
    /// [io.headwater.command.intake.signature.Schemes]; the first is the usual one.
    List<String> schemes();

    /// @return which of them is used where the source names none
    default String schemeFor(List<String> secrets) {
        return schemes().getFirst();
    }

    /// Secret options of a source that are only compared with what the provider presents: a digest
    /// of them is kept, see [io.headwater.command.platform.KeyDigest].
    default Set<String> comparedOptions() {
        return Set.of();
    }

    /// What answers a call that is no delivery but asks whether we are there, before anything is
    /// proven: it tells nothing that only the provider may know.
    ///
    /// @return null when the call is a delivery
    default @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        return null;
    }

    /// The answer to every delivery that was taken.
    default Answer answer(Delivery delivery) {
        return Answer.EMPTY_OBJECT;
    }

    /// Whether the provider sends again what was answered 429 or 503; what one that does not would
    /// lose is kept instead.
    default boolean retries() {
        return true;
    }

    /// The payload of each item is a complete body narrowed to that item: normalised again, by way
    /// of [Delivery#kept], it gives exactly that item.
    ///
    /// @param payload the body as sent: secrets are taken out of what is made of it
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when the body is not
    ///   what this provider sends; it is quarantined whole
    Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source);
}
