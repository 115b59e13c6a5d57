package io.headwater.command.intake.signature;

import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.body.Json;
import org.jspecify.annotations.Nullable;

/// Where a request carries its proof.
sealed interface Place {

    /// @return the text there; null when there is none
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException when it stands in a
    ///   body that cannot be read
    @Nullable String read(SignedRequest request);

    record Header(String name) implements Place {
        @Override
        public @Nullable String read(SignedRequest request) {
            String value = request.header(name);
            return name.equalsIgnoreCase("Authorization") ? ApiKeys.presented(null, value) : value;
        }
    }

    /// `X-API-Key`, else `Authorization: Bearer`.
    record ApiKey() implements Place {
        @Override
        public @Nullable String read(SignedRequest request) {
            return ApiKeys.presented(request.header("X-API-Key"), request.header("Authorization"));
        }
    }

    record Parameter(String name) implements Place {
        @Override
        public @Nullable String read(SignedRequest request) {
            return Json.text(request.query().get(name));
        }
    }

    /// A member of the body's outermost object.
    record Member(String name) implements Place {
        @Override
        public @Nullable String read(SignedRequest request) {
            return Json.text(request.tree().path(name));
        }
    }

    /// @return what to say when nothing is there
    default Reason missing() {
        return this instanceof Header || this instanceof ApiKey
                ? Reason.MISSING_HEADER
                : Reason.MISSING_KEY;
    }
}
