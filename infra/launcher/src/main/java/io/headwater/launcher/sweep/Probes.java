package io.headwater.launcher.sweep;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What is planted to be found again: a random address each, so that none passes for another.
///
/// Once a place has planted its own, they are what shows that it was really searched.
final class Probes {

    /// Names of what a sweep makes begin with it; what a killed one left is removed by the next.
    static final String PREFIX = "sweep_canary_";

    /// @param place where it is planted
    /// @param what in words
    record Probe(String place, String what, Value value) {

        String typed() {
            return value.text();
        }

        byte[] bytes() {
            return typed().getBytes(StandardCharsets.UTF_8);
        }

        String inUrl() {
            return "https://example.org/?m=" + URLEncoder.encode(typed(), StandardCharsets.UTF_8);
        }

        String inBase64() {
            byte[] bytes = ("=" + typed()).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(bytes);
        }

        String inCapitals() {
            return typed().toUpperCase(Locale.ROOT);
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id = random(6);
    private final List<Probe> all = new ArrayList<>();

    private static String random(int bytes) {
        byte[] some = new byte[bytes];
        RANDOM.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    /// Of what is made for this sweep; letters, digits and `_`.
    String name() {
        return PREFIX + id;
    }

    Probe make(String place, String what) {
        var value = new Value(Value.Kind.PROBE, "canary." + random(12) + "@sweep.invalid");
        var probe = new Probe(place, what, value);
        all.add(probe);
        return probe;
    }

    List<Probe> of(String place) {
        return all.stream().filter(probe -> probe.place().equals(place)).toList();
    }

    List<Value> values() {
        return all.stream().map(Probe::value).toList();
    }
}
