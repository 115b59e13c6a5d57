package io.headwater.command.platform.directory;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Values by [IpRange], in two binary trees whose depth is the length of a prefix. Immutable: a
/// change copies one path and shares the rest, so that readers need no lock.
public final class PrefixTree<T> {

    private record Node<T>(@Nullable T value, @Nullable Node<T> zero, @Nullable Node<T> one) {

        boolean empty() {
            return value == null && zero == null && one == null;
        }
    }

    private final @Nullable Node<T> v4;
    private final @Nullable Node<T> v6;

    private PrefixTree(@Nullable Node<T> v4, @Nullable Node<T> v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    static <T> PrefixTree<T> empty() {
        return new PrefixTree<>(null, null);
    }

    /// @return the values of all ranges that hold the address, the widest first
    List<T> holding(InetAddress address) {
        var found = new ArrayList<T>();
        byte[] bits = address.getAddress();
        var node = root(address);
        for (int depth = 0; node != null; depth++) {
            if (node.value() != null) {
                found.add(node.value());
            }
            node = depth == bits.length * 8 ? null : one(bits, depth) ? node.one() : node.zero();
        }
        return found;
    }

    Optional<T> at(IpRange range) {
        byte[] bits = range.first().getAddress();
        var node = root(range.first());
        for (int depth = 0; node != null && depth < range.length(); depth++) {
            node = one(bits, depth) ? node.one() : node.zero();
        }
        return node == null ? Optional.empty() : Optional.ofNullable(node.value());
    }

    PrefixTree<T> with(IpRange range, T value) {
        return replaced(range, value);
    }

    PrefixTree<T> without(IpRange range) {
        return replaced(range, null);
    }

    private PrefixTree<T> replaced(IpRange range, @Nullable T value) {
        var changed =
                replaced(root(range.first()), range.first().getAddress(), 0, range.length(), value);
        return range.first() instanceof Inet4Address
                ? new PrefixTree<>(changed, v6)
                : new PrefixTree<>(v4, changed);
    }

    private static <T> @Nullable Node<T> replaced(
            @Nullable Node<T> node, byte[] bits, int depth, int length, @Nullable T value) {
        var old = node == null ? new Node<T>(null, null, null) : node;
        Node<T> next;
        if (depth == length) {
            next = new Node<>(value, old.zero(), old.one());
        } else if (one(bits, depth)) {
            next =
                    new Node<>(
                            old.value(),
                            old.zero(),
                            replaced(old.one(), bits, depth + 1, length, value));
        } else {
            next =
                    new Node<>(
                            old.value(),
                            replaced(old.zero(), bits, depth + 1, length, value),
                            old.one());
        }
        return next.empty() ? null : next;
    }

    private @Nullable Node<T> root(InetAddress address) {
        return address instanceof Inet4Address ? v4 : v6;
    }

    private static boolean one(byte[] bits, int index) {
        return (bits[index / 8] & 0x80 >> index % 8) != 0;
    }

    /// In the order of the addresses, IPv4 first; a range before those within it.
    void forEach(Consumer<T> reader) {
        walk(v4, reader);
        walk(v6, reader);
    }

    private static <T> void walk(@Nullable Node<T> node, Consumer<T> reader) {
        if (node != null) {
            if (node.value() != null) {
                reader.accept(node.value());
            }
            walk(node.zero(), reader);
            walk(node.one(), reader);
        }
    }

    private List<T> values() {
        var all = new ArrayList<T>();
        forEach(all::add);
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PrefixTree<?> tree && values().equals(tree.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
