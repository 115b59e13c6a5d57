package io.headwater.command.platform.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The kind of device that a user agent claims to be.
public final class DeviceType {

    private DeviceType() {}

    /// @return desktop, mobile, tablet, bot or unknown
    public static String of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "unknown";
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (hasAny(agent, "bot", "crawl", "spider", "slurp", "headless", "preview", "lighthouse")) {
            return "bot";
        }
        if (hasAny(agent, "ipad", "tablet", "kindle", "silk/", "playbook")
                || (agent.contains("android") && !agent.contains("mobile"))) {
            return "tablet";
        }
        if (hasAny(agent, "mobi", "iphone", "ipod", "android", "windows phone", "opera mini")) {
            return "mobile";
        }
        if (hasAny(agent, "windows", "macintosh", "x11", "linux", "cros")) {
            return "desktop";
        }
        return "unknown";
    }

    private static boolean hasAny(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
