package io.headwater.launcher.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Settings that are fine on a laptop and not in front of the internet.
final class Environment {

    private static final String ABOUT = "settings";
    private static final int SHORTEST_KEY = 16;
    private static final List<String> KEYS =
            List.of(
                    "ANALYTICS_API_KEY",
                    "ANALYTICS_MARKETING_API_KEY",
                    "CRM_CALLBACK_SECRET",
                    "CRM_WEBHOOK_SECRET");

    private Environment() {}

    /// @param settings environment variables
    static List<Finding> findings(Map<String, String> settings) {
        List<Finding> findings = new ArrayList<>();
        for (String key : KEYS) {
            String value = settings.getOrDefault(key, "");
            if (!value.isEmpty() && value.length() < SHORTEST_KEY) {
                findings.add(
                        Finding.unsafe(
                                ABOUT,
                                "%s has %d characters: it can be guessed"
                                        .formatted(key, value.length()),
                                "a random one: openssl rand -hex 20"));
            }
        }
        String proxies = settings.getOrDefault("TRUSTED_PROXIES", "");
        if (proxies.contains("/0")) {
            findings.add(
                    Finding.unsafe(
                            ABOUT,
                            "TRUSTED_PROXIES trusts everybody: callers choose the address they are known by",
                            "name the addresses of your proxies only"));
        }
        String publicUrl = settings.getOrDefault("PUBLIC_URL", "");
        if (isElsewhere(publicUrl)) {
            if (publicUrl.toLowerCase(Locale.ROOT).startsWith("http:")) {
                findings.add(
                        Finding.unsafe(
                                ABOUT,
                                "PUBLIC_URL is http: leads and keys can be read on their way",
                                "https, with the certificate at your proxy"));
            }
            if (proxies.isBlank()) {
                findings.add(
                        Finding.unsafe(
                                ABOUT,
                                "PUBLIC_URL is behind a proxy and TRUSTED_PROXIES is empty: all callers have the proxy's address, for rate limits and IP lists too",
                                "TRUSTED_PROXIES=ADDRESS of the proxy"));
            }
        }
        if (settings.getOrDefault("PROVIDERS_REACH", "").equals("private")) {
            findings.add(
                    Finding.warning(
                            ABOUT,
                            "PROVIDERS_REACH=private: whoever may make sources can have this machine call any address of your network",
                            "PROVIDERS_REACH=public, unless a provider is inside"));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(ABOUT, "nothing unsafe in the environment"))
                : findings;
    }

    private static boolean isElsewhere(String url) {
        if (url.isBlank()) {
            return false;
        }
        String host = URI.create(url).getHost();
        return host != null
                && !host.equals("localhost")
                && !host.equals("[::1]")
                && !host.startsWith("127.");
    }
}
