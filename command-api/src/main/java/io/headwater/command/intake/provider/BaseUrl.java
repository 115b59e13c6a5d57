package io.headwater.command.intake.provider;

import io.headwater.command.platform.directory.SourceConfig;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a source's provider is asked: nothing but `https`, except on this machine.
public final class BaseUrl {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private BaseUrl() {}

    /// @return without a slash at the end; null when the source's own may not be used
    public static @Nullable URI of(SourceConfig source, ThinPreset preset) {
        String own = source.options().get(ThinPreset.BASE_URL);
        return own == null ? preset.base() : parse(own);
    }

    /// @return without a slash at the end; null when it is no base that may be used
    public static @Nullable URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip().replaceFirst("/+$", ""));
        } catch (IllegalArgumentException notOne) {
            return null;
        }
        String host = uri.getHost();
        boolean safe =
                "https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(host));
        return safe
                        && host != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                ? uri
                : null;
    }
}
