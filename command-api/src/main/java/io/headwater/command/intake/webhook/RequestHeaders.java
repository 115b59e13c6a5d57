package io.headwater.command.intake.webhook;

import io.headwater.command.intake.provider.Delivery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// Header fields of a request under way.
record RequestHeaders(HttpServletRequest request) implements Delivery.Headers {

    @Override
    public @Nullable String first(String name) {
        return request.getHeader(name);
    }

    @Override
    public Collection<String> names() {
        return Collections.list(request.getHeaderNames());
    }
}
