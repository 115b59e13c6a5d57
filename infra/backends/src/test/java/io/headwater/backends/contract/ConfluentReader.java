package io.headwater.backends.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Confluent's own JavaScript client as a reader of our topics; installed by `npm ci` into `target`
/// the first time.
final class ConfluentReader {

    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path FOLDER = Path.of("target", "confluent-client");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfluentReader() {}

    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        boolean same = true;
        for (String file : List.of("package-lock.json", "package.json", ".npmrc", "decode.mjs")) {
            Path from = SOURCES.resolve(file);
            Path to = FOLDER.resolve(file);
            same &= Files.exists(to) && Files.mismatch(from, to) == -1;
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        if (!same || !Files.exists(installed)) {
            run(List.of("npm", "ci", "--ignore-scripts", "--loglevel=error"), "");
        }
    }

    /// @return the values as the client shows them, in the same order
    static List<JsonNode> decode(String registryUrl, String topic, List<byte[]> values)
            throws IOException, InterruptedException {
        var lines = new StringBuilder();
        for (byte[] value : values) {
            String base64 = Base64.getEncoder().encodeToString(value);
            lines.append(JSON.writeValueAsString(Map.of("topic", topic, "base64", base64)));
            lines.append('\n');
        }
        String answer = run(List.of("node", "decode.mjs", registryUrl), lines.toString());
        var decoded = new ArrayList<JsonNode>();
        for (String line : answer.lines().toList()) {
            decoded.add(JSON.readTree(line));
        }
        return decoded;
    }

    private static String run(List<String> command, String input)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile("confluent", ".in");
        Path out = Files.createTempFile("confluent", ".out");
        Path errors = Files.createTempFile("confluent", ".err");
        try {
            Files.writeString(in, input);
            var process =
                    new ProcessBuilder(command)
                            .directory(FOLDER.toFile())
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.isAlive() || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(errors));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(errors);
        }
    }
}
