package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import io.headwater.launcher.sweep.SweepReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was done to forget a lead, and what a sweep found afterwards. Has ids in it and nothing of
/// the person.
///
/// `sha256` is over the canonical form of all other members: members sorted by name, no white
/// space, UTF-8 (`jq -cjS 'del(.sha256)' FILE | sha256sum`).
final class Certificate {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
    private static final JsonMapper CANONICAL = new JsonMapper();
    private static final String HASH = "sha256";

    private Certificate() {}

    /// @param sweep null: nobody searched
    /// @throws Failed when nobody asked for this lead to be forgotten
    static ObjectNode of(Running running, String lead, @Nullable SweepReport sweep)
            throws Failed, InterruptedException {
        var erasure = running.api().patiently("/admin/erasures/" + encoded(lead));
        if (erasure.isEmpty()) {
            throw new Failed("nobody asked for %s to be forgotten".formatted(lead));
        }
        var certificate = JSON.createObjectNode();
        certificate.put("certificate", "erasure");
        certificate.put("issued_at", Instant.now().toString());
        certificate.put("software", "Headwater " + version());
        certificate.put("lead_id", lead);
        certificate.set("erasure", erasure);
        certificate.set("ledger", tree(ledger(running, lead)));
        certificate.set("sweep", sweep == null ? JSON.nullNode() : tree(sweep));
        var not = certificate.putArray("not_covered");
        NotCovered.lines().forEach(not::add);
        certificate.put(HASH, hash(certificate));
        return certificate;
    }

    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static String pretty(JsonNode node) {
        return JSON.writeValueAsString(node) + "\n";
    }

    /// Whether nothing was changed since it was issued.
    static boolean isIntact(JsonNode certificate) {
        return certificate instanceof ObjectNode object
                && hash(object).equals(object.path(HASH).asString(""));
    }

    static String hash(ObjectNode certificate) {
        var without = certificate.deepCopy();
        without.remove(HASH);
        try {
            byte[] canonical =
                    CANONICAL.writeValueAsString(sorted(without)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        var make = JsonNodeFactory.instance;
        if (node.isObject()) {
            var sorted = make.objectNode();
            node.propertyNames().stream()
                    .sorted()
                    .forEach(name -> sorted.set(name, sorted(node.path(name))));
            return sorted;
        }
        if (node.isArray()) {
            var sorted = make.arrayNode();
            node.forEach(one -> sorted.add(sorted(one)));
            return sorted;
        }
        return node;
    }

    /// Lines of the vault's ledger that were written for the lead.
    private record Ledger(long keys, @Nullable String firstAt, @Nullable String lastAt) {}

    private static Ledger ledger(Running running, String lead) throws Failed {
        var vault = running.told().path("vault");
        try (var connection =
                        DriverManager.getConnection(
                                vault.path("jdbc_url").asString(),
                                vault.path("user").asString(),
                                vault.path("password").asString());
                var select =
                        connection.prepareStatement(
                                """
                                select count(*), min(at), max(at) from vault.erasure
                                where purpose = 'lead' and subject = ?
                                """)) {
            select.setString(1, lead);
            try (var row = select.executeQuery()) {
                row.next();
                return new Ledger(row.getLong(1), at(row.getTimestamp(2)), at(row.getTimestamp(3)));
            }
        } catch (SQLException away) {
            throw new Failed("the ledger of the vault cannot be read: " + away.getMessage());
        }
    }

    private static @Nullable String at(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant().toString();
    }

    private static String version() {
        try (var in = Certificate.class.getResourceAsStream("version.properties")) {
            var told = new Properties();
            told.load(in);
            return told.getProperty("version", "?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
