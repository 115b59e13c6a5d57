package io.headwater.archive;

import org.jspecify.annotations.Nullable;

/// Where the archive of a partition ends.
///
/// @param next offset at which the next range begins; 0 when there is none
/// @param sha256 of the newest manifest as it is stored; null when there is none
public record ChainEnd(long next, @Nullable String sha256) {

    public static final ChainEnd NOTHING = new ChainEnd(0, null);

    public boolean isNothing() {
        return sha256 == null;
    }
}
