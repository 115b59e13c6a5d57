package io.headwater.command.intake.signature;

import java.util.Locale;

/// Why a request is not authentic; the code goes to the caller, into the audit and into a counter.
public enum Reason {
    /// a header of the proof was not sent
    MISSING_HEADER,
    /// the key that belongs into the query string or the body was not sent
    MISSING_KEY,
    /// the proof is not written as the scheme writes it
    MALFORMED,
    /// there are signatures, but none of a version that the scheme knows
    UNSUPPORTED_VERSION,
    /// it was signed longer ago than the tolerance
    TOO_OLD,
    /// it was signed further ahead than the tolerance
    TOO_NEW,
    /// no secret of the source makes this signature
    MISMATCH,
    /// the source has no secret that the scheme can use
    NO_SECRET,
    /// the source names a scheme, or options of it, that do not exist
    MISCONFIGURED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
