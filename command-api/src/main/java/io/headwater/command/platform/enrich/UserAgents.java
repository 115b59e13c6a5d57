package io.headwater.command.platform.enrich;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.headwater.command.platform.web.DeviceType;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ua_parser.Parser;

/// Parsing one takes hundreds of patterns, and few agents are behind many requests: the last ones
/// are remembered.
final class UserAgents {

    private static final int REMEMBERED = 10_000;
    private static final int LONGEST = 1_000;
    private static final String SPIDER = "Spider";

    private final Parser parser = new Parser();
    private final Supplier<Pattern> bots;
    private final LoadingCache<Seen, Agent> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build(this::parse);

    /// A list read anew forgets what was said by the one before.
    private record Seen(String userAgent, Pattern bots) {}

    UserAgents(Supplier<Pattern> bots) {
        this.bots = bots;
    }

    Agent of(String userAgent) {
        String read = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
        return known.get(new Seen(read, bots.get()));
    }

    private Agent parse(Seen seen) {
        String userAgent = seen.userAgent();
        var client = parser.parse(userAgent);
        String device = DeviceType.of(userAgent);
        boolean bot =
                client.device.family.equals(SPIDER)
                        || device.equals("bot")
                        || seen.bots().matcher(userAgent).find();
        return new Agent(client.userAgent.family, client.os.family, bot ? "bot" : device, bot);
    }
}
