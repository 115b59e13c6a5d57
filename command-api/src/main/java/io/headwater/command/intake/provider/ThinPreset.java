package io.headwater.command.intake.provider;

import io.headwater.command.platform.directory.SourceConfig;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A provider whose deliveries may name a lead and tell nothing of it: the rest is fetched.
///
/// Such a [io.headwater.command.intake.SubmissionItem] is marked thin and keeps a [Notification];
/// the same preset reads the notification again once it is hydrated.
public interface ThinPreset extends ProviderPreset {

    /// Option of a source: where to fetch instead, see [BaseUrl].
    String BASE_URL = "base_url";

    /// Secret option of a source: sent to that place as a bearer token and nowhere else.
    String ACCESS_TOKEN = "access_token";

    /// Where the provider answers, without a slash at the end.
    URI base();

    /// Asks the provider for what it did not tell.
    ///
    /// @param notification thin, of one lead
    /// @return what belongs under `hydrated`
    /// @throws Fetcher.FetchException when the provider does not tell, now or ever
    JsonNode fetch(Notification notification, Fetcher provider, SourceConfig source)
            throws InterruptedException;

    /// @param status of an answer that is no success; redirects are none, they are not followed
    /// @param error the answer's body; missing when it is no JSON
    /// @return whether asking again may help
    default Fetcher.FetchException.Kind kindOf(int status, JsonNode error) {
        return switch (status) {
            case 404, 410 -> Fetcher.FetchException.Kind.GONE;
            case 408, 425, 429 -> Fetcher.FetchException.Kind.LATER;
            default ->
                    status >= 500
                            ? Fetcher.FetchException.Kind.LATER
                            : Fetcher.FetchException.Kind.DENIED;
        };
    }

    /// Reads JSON of one provider on behalf of one source.
    @FunctionalInterface
    interface Fetcher {

        /// @param path below the base, with its query
        /// @param headers further ones
        /// @return the answer's body
        /// @throws FetchException when it could not be had
        JsonNode get(String path, Map<String, String> headers) throws InterruptedException;

        /// Why a fetch brought nothing; its message has no personal data.
        final class FetchException extends RuntimeException {

            private final Kind kind;
            private final long retryAfterSeconds;

            public enum Kind {
                /// asking again may help: the provider is away, slow, busy, or limits us
                LATER,
                /// our token or request is refused: somebody must renew or correct it
                DENIED,
                /// there is no such lead, or no more
                GONE
            }

            /// @param retryAfterSeconds as the provider asked for; 0: it did not
            public FetchException(Kind kind, String message, long retryAfterSeconds) {
                super(message);
                this.kind = kind;
                this.retryAfterSeconds = retryAfterSeconds;
            }

            public Kind kind() {
                return kind;
            }

            public long retryAfterSeconds() {
                return retryAfterSeconds;
            }
        }
    }
}
