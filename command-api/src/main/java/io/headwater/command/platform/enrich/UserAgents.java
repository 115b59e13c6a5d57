package io.headwater.command.platform.enrich;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.headwater.command.platform.web.DeviceType;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import ua_parser.Parser;

/// Parsing one takes hundreds of patterns, and few agents are behind many requests: the last ones
/// are remembered.
final class UserAgents {

    private static final int REMEMBERED = 10_000;
    private static final int LONGEST = 1_000;
    private static final String SPIDER = "Spider";

    private final Parser parser = new Parser();
    private final Supplier<Set<String>> bots;
    private final LoadingCache<String, Agent> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build(this::parse);

    UserAgents(Supplier<Set<String>> bots) {
        this.bots = bots;
    }

    Agent of(String userAgent) {
        return known.get(
                userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent);
    }

    private Agent parse(String userAgent) {
        var client = parser.parse(userAgent);
        String lower = userAgent.toLowerCase(Locale.ROOT);
        String device = DeviceType.of(userAgent);
        boolean bot =
                client.device.family.equals(SPIDER)
                        || device.equals("bot")
                        || bots.get().stream().anyMatch(lower::contains);
        return new Agent(client.userAgent.family, client.os.family, bot ? "bot" : device, bot);
    }
}
