package io.headwater.command.platform.enrich;

import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.Text;
import io.headwater.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a trusted proxy in front tells about the client; of anybody else the headers are ignored.
@Component
public final class ProxyHeaders {

    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    private final ClientAddress addresses;
    private final String countryHeader;
    private final EnrichSettings.Headers names;

    public ProxyHeaders(ClientAddress addresses, WebSettings web, EnrichSettings settings) {
        this.addresses = addresses;
        this.countryHeader = web.countryHeader();
        this.names = settings.headers();
    }

    /// @param place parts that no header tells are unknown
    /// @param botScore 1 (robot) to 99 (person), or null
    public record Told(Place place, @Nullable Integer botScore) {
        public static final Told NOTHING = new Told(Place.UNKNOWN, null);
    }

    public Told of(HttpServletRequest request) {
        if (!addresses.throughTrustedProxy(request)) {
            return Told.NOTHING;
        }
        Integer score = number(request, names.botScore(), 99);
        Integer asn = number(request, names.asn(), Integer.MAX_VALUE);
        return new Told(
                new Place(
                        country(request.getHeader(countryHeader)),
                        text(request, names.city()),
                        text(request, names.region()),
                        timezone(text(request, names.timezone())),
                        asn == null ? null : Long.valueOf(asn),
                        null,
                        null),
                score);
    }

    /// @return ISO 3166 alpha-2 in upper case
    private static @Nullable String country(@Nullable String told) {
        return told != null && COUNTRY.matcher(told).matches() && !told.equalsIgnoreCase("XX")
                ? told.toUpperCase(Locale.ROOT)
                : null;
    }

    /// Tomcat reads headers as Latin-1, proxies write names of places in UTF-8.
    private static @Nullable String text(HttpServletRequest request, String name) {
        String sent = name.isBlank() ? null : request.getHeader(name);
        return sent == null
                ? null
                : Text.field(
                        new String(
                                sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                        100);
    }

    private static @Nullable String timezone(@Nullable String told) {
        return told != null && ZoneId.getAvailableZoneIds().contains(told) ? told : null;
    }

    /// @return 1 to `most`, else null
    private static @Nullable Integer number(HttpServletRequest request, String name, int most) {
        String told = name.isBlank() ? null : request.getHeader(name);
        if (told == null || !told.strip().matches("[0-9]{1,10}")) {
            return null;
        }
        long value = Long.parseLong(told.strip());
        return value >= 1 && value <= most ? (Integer) (int) value : null;
    }
}
