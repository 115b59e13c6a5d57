package io.headwater.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is calling: the peer, or, when the peer is a trusted proxy, the nearest untrusted address it
/// forwarded for. Headers of anybody else are ignored.
public final class ClientAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /// Private, shared by carriers, of this machine or link, or no host's.
    ///
    /// source: RFC 6890
    private static final List<Block> SHARED =
            Stream.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.168.0.0/16",
                            "224.0.0.0/3",
                            "::/127",
                            "fc00::/7",
                            "fe80::/10",
                            "ff00::/8")
                    .map(Block::parse)
                    .toList();

    private final List<Block> trusted;

    /// @param trustedProxies addresses or CIDR blocks whose `X-Forwarded-For` counts; empty:
    ///   nobody's
    /// @throws IllegalArgumentException when one is neither
    public ClientAddress(List<String> trustedProxies) {
        this.trusted =
                trustedProxies.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Block::parse)
                        .toList();
    }

    /// @return whether no proxy is believed, not even one on this machine
    public boolean trustsNobody() {
        return trusted.isEmpty();
    }

    /// @return an IP address as text
    public String of(HttpServletRequest request) {
        return caller(request).address();
    }

    /// @return whether the caller is on this machine; what a proxy forwards for somebody that it
    ///   does not name, or that cannot be read, is not
    public boolean isLocal(HttpServletRequest request) {
        var caller = caller(request);
        var address = literal(caller.address());
        return caller.certain() && address != null && address.isLoopbackAddress();
    }

    /// Whom wrong keys are counted against.
    ///
    /// @param exemptLoopback whether this machine is nobody
    /// @return the address (IPv6: its /64, which is one line of one customer); null when a proxy
    ///   does not tell whose request it is
    public @Nullable String place(HttpServletRequest request, boolean exemptLoopback) {
        var caller = caller(request);
        var address = literal(caller.address());
        if (!caller.certain()
                || address == null
                || trusts(caller.address())
                || (exemptLoopback && address.isLoopbackAddress())) {
            return null;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? caller.address() : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    }

    /// @return the caller's own address where that is one person's for certain; null for one that
    ///   many share: of a proxy of ours, of a private network, of this machine
    public @Nullable InetAddress ofOnePerson(HttpServletRequest request) {
        var caller = caller(request);
        var address = literal(caller.address());
        return caller.certain()
                        && address != null
                        && !trusts(caller.address())
                        && !isShared(address)
                ? address
                : null;
    }

    /// @return whether it is private, of this machine or link, or no host's
    public static boolean isShared(InetAddress address) {
        return SHARED.stream().anyMatch(block -> block.contains(address));
    }

    /// @param certain false: a proxy's address, because it does not tell whose request it is
    private record Caller(String address, boolean certain) {}

    private Caller caller(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        var headers = request.getHeaders("X-Forwarded-For");
        if (!trusts(peer)) {
            // a proxy on this machine that nobody told us to trust: whom it stands for is unknown
            return new Caller(peer, !headers.hasMoreElements());
        }
        if (!headers.hasMoreElements()) {
            return new Caller(peer, true);
        }
        // each proxy adds to the end, some as a line of their own
        String forwarded = String.join(",", Collections.list(headers));
        String nearest = peer;
        boolean named = false;
        int end = forwarded.length();
        while (end >= 0) {
            int comma = forwarded.lastIndexOf(',', end - 1);
            String hop = address(forwarded.substring(comma + 1, end).strip());
            end = comma;
            if (hop.isEmpty()) {
                continue;
            }
            if (literal(hop) == null) {
                return new Caller(nearest, false);
            }
            nearest = hop;
            named = true;
            if (!trusts(hop)) {
                return new Caller(hop, true);
            }
        }
        return new Caller(nearest, named);
    }

    /// @return without brackets and port: `192.0.2.1:4711`, `[2001:db8::1]`, `[2001:db8::1]:4711`
    private static String address(String hop) {
        if (hop.startsWith("[") && hop.indexOf(']') > 0) {
            return hop.substring(1, hop.indexOf(']'));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /// Whether headers that tell about the client count.
    public boolean throughTrustedProxy(HttpServletRequest request) {
        return trusts(request.getRemoteAddr());
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

    /// @return how many proxies, besides the peer, stand trusted at the end of the way that the
    ///   request took
    public int trustedHops(HttpServletRequest request) {
        int hops = 0;
        var lines = Collections.list(request.getHeaders("X-Forwarded-For"));
        var way = String.join(",", lines).split(",", -1);
        for (int i = way.length - 1; i >= 0; i--) {
            if (!way[i].isBlank()) {
                if (!trusts(address(way[i].strip()))) {
                    return hops;
                }
                hops++;
            }
        }
        return hops;
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
