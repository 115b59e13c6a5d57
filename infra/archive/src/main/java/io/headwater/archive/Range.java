package io.headwater.archive;

import org.jspecify.annotations.Nullable;

/// A range of the archive.
///
/// @param sha256 of the manifest as it is stored
/// @param tombstone says why the records are gone; null: they are there
public record Range(Manifest manifest, String sha256, @Nullable Tombstone tombstone) {

    /// Whether records were here that cannot be read any more.
    public boolean isGone() {
        return tombstone != null || manifest.lost() != null;
    }

    /// Why they are gone; empty when they are not.
    public String reason() {
        if (tombstone != null) {
            return tombstone.reason();
        }
        return manifest.lost() == null ? "" : manifest.lost();
    }
}
