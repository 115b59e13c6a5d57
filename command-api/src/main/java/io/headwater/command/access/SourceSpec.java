package io.headwater.command.access;

import io.headwater.events.Pii;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a source begins.
///
/// @param secrets newest first; `secretIds` in the same order
/// @param scheme null: the provider's own
record SourceSpec(
        String name,
        String provider,
        List<Pii> secrets,
        List<String> secretIds,
        Map<String, String> mapping,
        @Nullable String scheme,
        Map<String, String> schemeOptions,
        long duplicateWindowSeconds,
        long personWindowSeconds,
        @Nullable Integer perMinute,
        @Nullable Integer perDay,
        Map<String, String> options,
        Map<String, Pii> secretOptions) {}
