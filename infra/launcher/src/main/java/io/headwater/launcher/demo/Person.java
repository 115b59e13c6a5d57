package io.headwater.launcher.demo;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Somebody who does not exist: reserved domains and 555-01xx numbers only.
///
/// @param fingerprint of the browser
/// @param country ISO code
/// @param utmSource null for direct and organic visits
/// @param referrer null for direct visits
record Person(
        String first,
        String last,
        String email,
        String phone,
        String country,
        String city,
        String timezone,
        String fingerprint,
        Device device,
        @Nullable String utmSource,
        @Nullable String utmMedium,
        @Nullable String utmCampaign,
        @Nullable String referrer) {

    record Device(
            String userAgent, String platform, int width, int height, int cores, int memory) {}

    private record Place(String country, String city, String timezone, String language) {}

    private record Channel(
            int weight,
            @Nullable String source,
            @Nullable String medium,
            List<String> campaigns,
            @Nullable String referrer) {}

    private static final List<String> FIRST =
            List.of(
                    "Ada", "Bram", "Chloe", "Dario", "Elif", "Femke", "Goran", "Hana", "Ines",
                    "Jonas", "Kofi", "Lena", "Mateo", "Noor", "Oskar", "Priya", "Quentin", "Rosa",
                    "Sami", "Tove", "Uma", "Viktor", "Wanda", "Yara", "Zoltán", "Åsa");
    private static final List<String> LAST =
            List.of(
                    "Abel",
                    "Brandt",
                    "Costa",
                    "Dekker",
                    "Eriksen",
                    "Ferrari",
                    "Garcia",
                    "Hughes",
                    "Ivanova",
                    "Jansen",
                    "Kowalski",
                    "Lindqvist",
                    "Moreau",
                    "Novak",
                    "Okafor",
                    "Petrov",
                    "Quinn",
                    "Rossi",
                    "Schmidt",
                    "Tanaka",
                    "Uddin",
                    "Visser",
                    "Weiß");
    private static final List<String> DOMAINS =
            List.of("example.com", "example.org", "example.net", "mail.test", "firm.test");
    private static final List<Place> PLACES =
            List.of(
                    new Place("NL", "Utrecht", "Europe/Amsterdam", "nl-NL"),
                    new Place("DE", "Köln", "Europe/Berlin", "de-DE"),
                    new Place("GB", "Leeds", "Europe/London", "en-GB"),
                    new Place("US", "Portland", "America/Los_Angeles", "en-US"),
                    new Place("US", "Austin", "America/Chicago", "en-US"),
                    new Place("FR", "Lyon", "Europe/Paris", "fr-FR"),
                    new Place("PL", "Gdańsk", "Europe/Warsaw", "pl-PL"),
                    new Place("IN", "Pune", "Asia/Kolkata", "en-IN"));
    private static final List<Device> DEVICES =
            List.of(
                    new Device(
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                            "Win32",
                            1920,
                            1080,
                            8,
                            8),
                    new Device(
                            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                            "MacIntel",
                            1728,
                            1117,
                            10,
                            8),
                    new Device(
                            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                            "iPhone",
                            393,
                            852,
                            6,
                            4),
                    new Device(
                            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                            "Linux armv81",
                            412,
                            915,
                            8,
                            8),
                    new Device(
                            "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                            "iPad",
                            820,
                            1180,
                            8,
                            4));
    private static final List<Channel> CHANNELS =
            List.of(
                    new Channel(
                            28,
                            "google",
                            "cpc",
                            List.of("brand", "new-homes", "harbour-view"),
                            "https://www.google.com/"),
                    new Channel(
                            18,
                            "facebook",
                            "paid_social",
                            List.of("spring-launch", "retargeting"),
                            "https://l.facebook.com/"),
                    new Channel(12, "newsletter", "email", List.of("november-news"), null),
                    new Channel(
                            8,
                            "linkedin",
                            "paid_social",
                            List.of("investors"),
                            "https://www.linkedin.com/"),
                    new Channel(16, null, null, List.of(), "https://www.google.com/"),
                    new Channel(6, null, null, List.of(), "https://partner.example.org/"),
                    new Channel(12, null, null, List.of(), null));

    /// @param number makes the e-mail address unique
    static Person invent(RandomGenerator random, String number) {
        String first = one(FIRST, random);
        String last = one(LAST, random);
        Place place = one(PLACES, random);
        Channel channel = channel(random);
        return new Person(
                first,
                last,
                "%s.%s.%s@%s".formatted(plain(first), plain(last), number, one(DOMAINS, random)),
                "+1%d55501%02d".formatted(201 + random.nextInt(780), random.nextInt(100)),
                place.country(),
                place.city(),
                place.timezone(),
                "demo-" + number,
                one(DEVICES, random),
                channel.source(),
                channel.medium(),
                channel.campaigns().isEmpty() ? null : one(channel.campaigns(), random),
                channel.referrer());
    }

    String language() {
        return PLACES.stream()
                .filter(place -> place.city().equals(city))
                .map(Place::language)
                .findFirst()
                .orElse("en-US");
    }

    static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Channel channel(RandomGenerator random) {
        int total = CHANNELS.stream().mapToInt(Channel::weight).sum();
        int at = random.nextInt(total);
        for (Channel channel : CHANNELS) {
            at -= channel.weight();
            if (at < 0) {
                return channel;
            }
        }
        throw new AssertionError("weights add up");
    }

    private static String plain(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replace("ß", "ss")
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
