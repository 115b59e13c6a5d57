package io.headwater.launcher.demo;

import java.net.URI;
import java.nio.file.Path;

/// @param file remembers the site and its secrets across restarts, mode 600
/// @param visitsPerMinute once the first visits are there
/// @param firstVisits at once on the very first start, so that every tile has data
/// @param seed of everything that looks random
public record DemoSettings(
        URI commandApi,
        URI queryApi,
        String adminApiKey,
        Path file,
        int visitsPerMinute,
        int firstVisits,
        long seed) {

    public static final int DEFAULT_RATE = 60;
    public static final int HIGHEST_RATE = 6_000;
    private static final int FIRST_VISITS = 200;
    private static final long SEED = 20261121;

    public DemoSettings {
        if (visitsPerMinute < 1 || visitsPerMinute > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "visits per minute must be 1 … " + HIGHEST_RATE + ": " + visitsPerMinute);
        }
    }

    public DemoSettings(
            URI commandApi, URI queryApi, String adminApiKey, Path file, int visitsPerMinute) {
        this(commandApi, queryApi, adminApiKey, file, visitsPerMinute, FIRST_VISITS, SEED);
    }
}
