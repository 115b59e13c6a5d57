package io.headwater.launcher.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which addresses the ports of the components are open on, as the kernel tells.
final class Listeners {

    private static final String ABOUT = "network";
    private static final String LISTEN = "0A";
    private static final int WORD = 4;

    private Listeners() {}

    /// @param proc `/proc/net`
    /// @param ports by name of the component
    static List<Finding> findings(Path proc, Map<String, Integer> ports) {
        Map<Integer, List<InetAddress>> open = new TreeMap<>();
        try {
            for (String table : List.of("tcp", "tcp6")) {
                read(proc.resolve(table), open);
            }
        } catch (IOException unknown) {
            return List.of(
                    Finding.warning(
                            ABOUT,
                            "open ports cannot be read on this system: " + unknown.getMessage(),
                            "see to it that nothing but a proxy reaches the ports of Headwater"));
        }
        List<Finding> findings = new ArrayList<>();
        ports.forEach((name, port) ->
                open.getOrDefault(port, List.of()).stream()
                        .filter(address -> !address.isLoopbackAddress())
                        .findFirst()
                        .ifPresent(address ->
                                findings.add(
                                        Finding.unsafe(
                                                ABOUT,
                                                "%s is open on %s:%d, beyond this machine"
                                                        .formatted(
                                                                name,
                                                                address.getHostAddress(),
                                                                port),
                                                "bind it to 127.0.0.1 and put a proxy with TLS in front"))));
        return findings.isEmpty()
                ? List.of(Finding.ok(ABOUT, "every port is open on this machine only"))
                : findings;
    }

    private static void read(Path table, Map<Integer, List<InetAddress>> open) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(table);
        } catch (NoSuchFileException none) {
            if (table.endsWith("tcp6")) {
                return; // a kernel without IPv6
            }
            throw none;
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split("\\s+");
            if (words[3].equals(LISTEN)) {
                int colon = words[1].indexOf(':');
                open.computeIfAbsent(
                                Integer.parseInt(words[1].substring(colon + 1), 16),
                                _ -> new ArrayList<>())
                        .add(address(words[1].substring(0, colon)));
            }
        }
    }

    /// In words of four bytes, each the wrong way round.
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] told = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[told.length];
        for (int i = 0; i < told.length; i++) {
            bytes[i] = told[i / WORD * WORD + WORD - 1 - i % WORD];
        }
        return InetAddress.getByAddress(bytes);
    }
}
