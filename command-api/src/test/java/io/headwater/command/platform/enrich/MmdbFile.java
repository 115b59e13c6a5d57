package io.headwater.command.platform.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes small MMDB files of IPv4 networks, so that tests need nobody's data.
///
/// source: MaxMind DB File Format Specification 2.0
final class MmdbFile {

    private static final int NOTHING = -1;
    private static final byte[] MARKER = {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF};

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NOTHING, NOTHING}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /// @param network `192.0.2.0/24`
    /// @param value maps, lists, texts, whole numbers
    MmdbFile with(String network, Map<String, ?> value) {
        int at = data.size();
        write(data, value);
        String[] parts = network.split("/");
        byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
        int bits = Integer.parseInt(parts[1]);
        int node = 0;
        for (int bit = 0; bit < bits; bit++) {
            int side = (address[bit / 8] >> (7 - bit % 8)) & 1;
            if (bit == bits - 1) {
                nodes.get(node)[side] = -2 - at;
                return this;
            }
            if (nodes.get(node)[side] < 0) {
                nodes.add(new int[] {NOTHING, NOTHING});
                nodes.get(node)[side] = nodes.size() - 1;
            }
            node = nodes.get(node)[side];
        }
        throw new IllegalArgumentException(network);
    }

    void writeTo(Path file) throws IOException {
        var out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int record : node) {
                int value =
                        record == NOTHING
                                ? nodes.size()
                                : record >= 0 ? record : nodes.size() + 16 + (-2 - record);
                out.write(value >> 16);
                out.write(value >> 8);
                out.write(value);
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(MARKER);
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        write(
                out,
                Map.of(
                        "node_count", (long) nodes.size(),
                        "record_size", 24L,
                        "ip_version", 4L,
                        "binary_format_major_version", 2L,
                        "binary_format_minor_version", 0L,
                        "build_epoch", 1_795_000_000L,
                        "database_type", "Headwater-Test",
                        "languages", List.of("en"),
                        "description", Map.of("en", "made by a test")));
        Files.write(file, out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, bytes.length);
                out.writeBytes(bytes);
            }
            case Long number -> {
                control(out, 6, 4);
                for (int shift = 24; shift >= 0; shift -= 8) {
                    out.write((int) (number >> shift));
                }
            }
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach((name, member) -> {
                    write(out, name);
                    write(out, member);
                });
            }
            case List<?> list -> {
                out.write(list.size());
                out.write(11 - 7);
                list.forEach(element -> write(out, element));
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private static void control(ByteArrayOutputStream out, int type, int size) {
        if (size < 29) {
            out.write(type << 5 | size);
        } else {
            out.write(type << 5 | 29);
            out.write(size - 29);
        }
    }
}
