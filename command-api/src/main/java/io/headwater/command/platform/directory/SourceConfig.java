package io.headwater.command.platform.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A connected lead provider.
///
/// @param secrets newest first; all are tried
/// @param mapping lead field to path in the body
/// @param duplicateWindow zero: never by body hash
public record SourceConfig(
        String sourceId,
        String siteId,
        String name,
        String provider,
        List<String> secrets,
        Map<String, String> mapping,
        Duration duplicateWindow) {

    /// Without the secrets, so that it may be logged.
    @Override
    public String toString() {
        return "SourceConfig[" + sourceId + ", " + siteId + ", " + provider + "]";
    }
}
