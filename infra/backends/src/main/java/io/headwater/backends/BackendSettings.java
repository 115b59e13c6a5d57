package io.headwater.backends;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a set of back ends is started with.
///
/// @param dataDir one folder per back end is made in it
/// @param logDir one file per back end; rotated by size
/// @param cacheDir shared class archives of the children, which make the next start faster; null:
///   none
public record BackendSettings(
        Installation installation,
        Path dataDir,
        Path logDir,
        @Nullable Path cacheDir,
        Ports ports,
        String s3AccessKey,
        String s3SecretKey) {

    /// The one bucket there is.
    public static final String BUCKET = "headwater";
}
