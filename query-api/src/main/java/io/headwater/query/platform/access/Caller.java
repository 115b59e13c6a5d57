package io.headwater.query.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who asks. Handler methods take it as an argument.
public record Caller(Role role) {
    private static final String ATTRIBUTE = Caller.class.getName();

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /// The row as this caller may see it.
    public <T extends Personal<T>> T see(T row) {
        return isAdmin() ? row : row.masked();
    }

    void bindTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /// @throws IllegalStateException when the filter let a request through without one
    static Caller of(HttpServletRequest request) {
        return in(request)
                .orElseThrow(() -> new IllegalStateException("no caller on a protected path"));
    }

    /// Empty on paths that are open to everybody.
    static Optional<Caller> in(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
