package io.headwater.command.platform.directory;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Neighbouring addresses: the first and how many leading bits they share.
///
/// @param first all bits behind `length` are zero; an IPv4 address written as an IPv6 one is IPv4
/// @param length 0 … 32, or 0 … 128
public record IpRange(InetAddress first, int length) {

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int IPV6_SUBSCRIBER = 64;

    /// @throws IllegalArgumentException for an impossible length or bits behind it
    public IpRange {
        if (length < 0 || length > bits(first)) {
            throw new IllegalArgumentException(
                    "has a prefix of " + length + " bits; there are 0 to " + bits(first));
        }
        var masked = masked(first, length);
        if (!masked.equals(first)) {
            throw new IllegalArgumentException(
                    "has bits behind its prefix; the range is " + text(masked) + "/" + length);
        }
    }

    /// @param text an address or a range in CIDR notation, IPv4 or IPv6; no name is looked up
    /// @throws IllegalArgumentException saying what is wrong, as the rest of a sentence
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpRange(address, bits(address));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("needs the number of prefix bits behind the slash");
        }
        return new IpRange(address, Integer.parseInt(length));
    }

    private static InetAddress address(String text) {
        if (IPV4.matcher(text).matches()) {
            return Inet4Address.ofLiteral(text);
        }
        if (IPV6.matcher(text).matches()) {
            try {
                return Inet6Address.ofLiteral(text);
            } catch (IllegalArgumentException notOne) {
                throw new IllegalArgumentException("is no IP address", notOne);
            }
        }
        throw new IllegalArgumentException("is no IP address");
    }

    /// What one subscriber has: an IPv4 address, or the 64 leading bits of an IPv6 address, behind
    /// which devices choose a new one every day.
    public static IpRange around(InetAddress address) {
        int length = address instanceof Inet4Address ? IPV4_BITS : IPV6_SUBSCRIBER;
        return new IpRange(masked(address, length), length);
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? IPV4_BITS : IPV6_BITS;
    }

    private static InetAddress masked(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public boolean single() {
        return length == bits(first);
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(first) && masked(address, length).equals(first);
    }

    public boolean overlaps(IpRange other) {
        return contains(other.first) || other.contains(first);
    }

    /// As people write it, IPv6 as in RFC 5952; a single address without its length.
    @Override
    public String toString() {
        return single() ? text(first) : text(first) + "/" + length;
    }

    private static String text(InetAddress address) {
        String plain = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return plain;
        }
        String longest = "";
        var zeros = Pattern.compile("\\b0(?::0\\b)+").matcher(plain);
        while (zeros.find()) {
            longest = zeros.group().length() > longest.length() ? zeros.group() : longest;
        }
        return longest.isEmpty()
                ? plain
                : plain.replaceFirst("(?:^|:)\\b" + longest + "\\b(?::|$)", "::");
    }
}
