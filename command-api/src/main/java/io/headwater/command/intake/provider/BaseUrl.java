package io.headwater.command.intake.provider;

import io.headwater.command.platform.directory.SourceConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a source's provider is asked: `https`, and no address beyond what the [Reach] allows.
public final class BaseUrl {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int HIGHEST_PORT = 65_535;

    private BaseUrl() {}

    /// @return without a slash at the end; null when the source's own may not be used
    public static @Nullable URI of(SourceConfig source, ThinPreset preset, Reach reach) {
        String own = source.options().get(ThinPreset.BASE_URL);
        return own == null ? preset.base() : parse(own, reach);
    }

    /// @return without a slash at the end; null when it is no base that may be used
    static @Nullable URI parse(String text, Reach reach) {
        return wrongIn(text, reach) == null ? uri(text) : null;
    }

    /// Asks no name server: what a name leads to is checked when it is asked, see [#leadsTooFar].
    ///
    /// @return what is wrong with it; null: nothing
    static @Nullable String wrongIn(String text, Reach reach) {
        URI uri = uri(text);
        String host = uri == null ? null : uri.getHost();
        if (uri == null || host == null || uri.getPort() > HIGHEST_PORT) {
            return "must be a URL like https://graph.example.com/v23.0";
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            return "must have no user, query or fragment";
        }
        boolean local = THIS_MACHINE.contains(host);
        if (local && reach == Reach.PUBLIC) {
            return "must not be on this machine";
        }
        boolean plain = "http".equals(uri.getScheme()) && (local || reach == Reach.PRIVATE);
        if (!plain && !"https".equals(uri.getScheme())) {
            return "must begin with https://";
        }
        var literal = local ? null : literal(host);
        return literal != null && !reach.allows(literal) ? "must not be a private address" : null;
    }

    /// A name may lead elsewhere than yesterday, so ask before each request. The connection that
    /// follows goes to what was found here: the JVM remembers it for 30 seconds
    /// (`networkaddress.cache.ttl`). Where a name changes within a moment all the same, the host it
    /// leads to has no certificate for it.
    ///
    /// @throws UnknownHostException when the name leads nowhere now
    public static boolean leadsTooFar(URI uri, Reach reach) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (!reach.allows(address)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text.strip().replaceFirst("(?<!/)/+$", ""));
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    /// Also `2130706433` and the like, which name an address to the resolver.
    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }
}
