package io.headwater.query.platform.access;

import java.util.List;
import java.util.Locale;

/// What a key may do, and which pages of the dashboard it opens.
public enum Role {
    /// everything, unmasked
    ADMIN(
            List.of(
                    "overview",
                    "leads",
                    "submissions",
                    "facts",
                    "quarantine",
                    "sources",
                    "webhooks",
                    "sessions",
                    "projections")),
    /// figures and masked lists; no leads, no settings
    MARKETING(List.of("overview", "submissions", "facts", "sessions", "projections"));

    private final List<String> pages;

    Role(List<String> pages) {
        this.pages = pages;
    }

    public List<String> pages() {
        return pages;
    }

    /// As in JSON: `admin`, `marketing`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
