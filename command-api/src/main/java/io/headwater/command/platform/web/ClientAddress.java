package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who is calling: the peer, or, when the peer is a trusted proxy, the nearest untrusted address it
/// forwarded for. Headers of anybody else are ignored.
@Component
public final class ClientAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    private final List<Block> trusted;
    private final String countryHeader;

    ClientAddress(WebSettings settings) {
        this.trusted =
                settings.trustedProxies().stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Block::parse)
                        .toList();
        this.countryHeader = settings.countryHeader();
    }

    /// @return an IP address as text
    public String of(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        if (!trusts(peer)) {
            return peer;
        }
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null) {
            return peer;
        }
        String nearest = peer;
        String[] hops = forwarded.split(",", 64);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (literal(hop) == null) {
                return nearest;
            }
            nearest = hop;
            if (!trusts(hop)) {
                return hop;
            }
        }
        return nearest;
    }

    /// @return ISO 3166 alpha-2 in upper case, only from a trusted proxy
    public @Nullable String country(HttpServletRequest request) {
        if (trusted.isEmpty() || !trusts(request.getRemoteAddr())) {
            return null;
        }
        String country = request.getHeader(countryHeader);
        return country != null
                        && COUNTRY.matcher(country).matches()
                        && !country.equalsIgnoreCase("XX")
                ? country.toUpperCase(Locale.ROOT)
                : null;
    }

    /// @return null when the text is no IP address; never asks a name server
    public static @Nullable InetAddress literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return null;
        }
        try {
            return text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3
                    ? null
                    : InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private boolean trusts(String address) {
        if (trusted.isEmpty()) {
            return false;
        }
        var parsed = literal(address);
        return parsed != null && trusted.stream().anyMatch(block -> block.contains(parsed));
    }

    private record Block(byte[] network, int bits) {

        static Block parse(String text) {
            int slash = text.indexOf('/');
            try {
                byte[] network =
                        InetAddress.getByName(slash < 0 ? text : text.substring(0, slash))
                                .getAddress();
                int bits =
                        slash < 0
                                ? network.length * 8
                                : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > network.length * 8) {
                    throw new IllegalArgumentException("no such prefix length: " + text);
                }
                return new Block(network, bits);
            } catch (UnknownHostException | NumberFormatException wrong) {
                throw new IllegalArgumentException("not an address or CIDR block: " + text, wrong);
            }
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            if (other.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((other[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
