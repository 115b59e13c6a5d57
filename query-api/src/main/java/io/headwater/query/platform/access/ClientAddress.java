package io.headwater.query.platform.access;

import io.headwater.query.platform.web.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where a request comes from: the peer, or, when the peer is a trusted proxy, the nearest address
/// it forwarded for that is no trusted proxy. Headers of anybody else are not believed.
@Component
class ClientAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final List<Block> trusted;

    /// @throws IllegalArgumentException when a trusted proxy is no address and no CIDR block
    ClientAddress(WebSettings settings) {
        this.trusted =
                settings.trustedProxies().stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Block::parse)
                        .toList();
    }

    /// Whom wrong keys are counted against.
    ///
    /// @param exemptLoopback whether this machine is nobody
    /// @return the address (IPv6: its /64, which is one line of one customer); null when a proxy
    ///   does not tell whose request it is
    @Nullable String place(HttpServletRequest request, boolean exemptLoopback) {
        var address = of(request);
        if (address == null || (exemptLoopback && address.isLoopbackAddress())) {
            return null;
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? address.getHostAddress()
                : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    }

    /// @return null when it is not known for certain
    private @Nullable InetAddress of(HttpServletRequest request) {
        var peer = literal(request.getRemoteAddr());
        var lines = Collections.list(request.getHeaders("X-Forwarded-For"));
        if (peer == null || !trusts(peer)) {
            // a proxy that nobody told us to trust: whom it stands for is not known
            return lines.isEmpty() ? peer : null;
        }
        var hops = String.join(",", lines).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            if (hops[i].isBlank()) {
                continue;
            }
            var hop = literal(address(hops[i].strip()));
            if (hop == null || !trusts(hop)) {
                return hop;
            }
        }
        return null;
    }

    /// @return without brackets and port: `192.0.2.1:4711`, `[2001:db8::1]`, `[2001:db8::1]:4711`
    private static String address(String hop) {
        if (hop.startsWith("[") && hop.indexOf(']') > 0) {
            return hop.substring(1, hop.indexOf(']'));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /// @return null when the text is no IP address; never asks a name server
    private static @Nullable InetAddress literal(String text) {
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

    private boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
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
