package io.headwater.command.platform.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Addresses → places, by the operator's MMDB files. Both layouts in use are read: nested
/// (GeoLite2, DB-IP) and flat (IPinfo).
///
/// A file is held in memory, not mapped, so that it may be overwritten in place.
final class Networks {

    private final @Nullable WatchedFile<Reader> country;
    private final @Nullable WatchedFile<Reader> city;
    private final @Nullable WatchedFile<Reader> asn;
    private final Supplier<Set<String>> hosting;

    Networks(EnrichSettings settings, Supplier<Set<String>> hosting) {
        this.country = open(settings.countryFile(), settings.checkEvery());
        this.city = open(settings.cityFile(), settings.checkEvery());
        this.asn = open(settings.asnFile(), settings.checkEvery());
        this.hosting = hosting;
    }

    private static @Nullable WatchedFile<Reader> open(String file, Duration checkEvery) {
        return file.isBlank()
                ? null
                : new WatchedFile<>(
                        Path.of(file),
                        path -> new Reader(path.toFile(), Reader.FileMode.MEMORY, new CHMCache()),
                        checkEvery);
    }

    Place of(InetAddress address) {
        var cities = record(city, address);
        var countries = record(country, address);
        var systems = record(asn, address);
        String code = code(cities);
        Long number = number(systems);
        return new Place(
                code != null ? code : code(countries),
                name(cities, "city"),
                region(cities),
                text(cities, "location", "time_zone", "timezone"),
                number,
                name(systems),
                number == null ? null : isHosting(number));
    }

    boolean isHosting(long asn) {
        return hosting.get().contains(String.valueOf(asn));
    }

    private static Map<?, ?> record(@Nullable WatchedFile<Reader> file, InetAddress address) {
        var reader = file == null ? null : file.get();
        if (reader == null) {
            return Map.of();
        }
        try {
            Map<?, ?> found = reader.get(address, Map.class);
            return found == null ? Map.of() : found;
        } catch (IOException | IllegalArgumentException brokenOrWrongFamily) {
            return Map.of();
        }
    }

    private static @Nullable String code(Map<?, ?> found) {
        String code =
                found.get("country") instanceof Map<?, ?> nested
                        ? string(nested.get("iso_code"))
                        : orElse(string(found.get("country_code")), string(found.get("country")));
        return code != null && code.length() == 2 ? code.toUpperCase(Locale.ROOT) : null;
    }

    private static @Nullable String name(Map<?, ?> found, String member) {
        return found.get(member) instanceof Map<?, ?> nested
                ? english(nested)
                : string(found.get(member));
    }

    private static @Nullable String region(Map<?, ?> found) {
        return found.get("subdivisions") instanceof List<?> parts
                        && !parts.isEmpty()
                        && parts.getFirst() instanceof Map<?, ?> first
                ? english(first)
                : string(found.get("region"));
    }

    private static @Nullable String text(Map<?, ?> found, String in, String nested, String flat) {
        return found.get(in) instanceof Map<?, ?> inner
                ? string(inner.get(nested))
                : string(found.get(flat));
    }

    private static @Nullable String english(Map<?, ?> named) {
        return named.get("names") instanceof Map<?, ?> names ? string(names.get("en")) : null;
    }

    /// `64500`, `"AS64500"`.
    private static @Nullable Long number(Map<?, ?> found) {
        Object told =
                found.get("autonomous_system_number") != null
                        ? found.get("autonomous_system_number")
                        : found.get("asn");
        return switch (told) {
            case Number number -> number.longValue();
            case String text when text.matches("(AS)?[0-9]{1,10}") ->
                    Long.valueOf(text.replace("AS", ""));
            case null, default -> null;
        };
    }

    private static @Nullable String name(Map<?, ?> found) {
        return orElse(
                string(found.get("autonomous_system_organization")),
                orElse(string(found.get("as_name")), string(found.get("name"))));
    }

    private static @Nullable String string(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
