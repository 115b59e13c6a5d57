package io.headwater.backends;

import java.util.Locale;

/// The back ends there are. The lower-case name is that of the data folder and of the log file.
public enum Backend {
    KAFKA,
    POSTGRES,
    S3,
    REGISTRY;

    /// `kafka`, `postgres`, `s3` or `registry`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
