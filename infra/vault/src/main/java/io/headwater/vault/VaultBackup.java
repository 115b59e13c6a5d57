package io.headwater.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/// The vault in one file, and back. The file has wrapped keys only: without the key-encryption key
/// it opens nothing, so the two are kept in different places.
///
/// Restoring adds: a fence wins over an active key, here or in the file, and the ledger of erasures
/// is carried out again. Nothing that was erased comes back.
public final class VaultBackup {

    private static final String FIRST_LINE = "headwater vault 1\n";
    private static final String END = "\\.\n";

    /// Of these the rows that are missing are added, in this order.
    private static final Map<String, String> PLAIN = plain();

    private static final Map<String, String> TABLES = tables();

    private final KeyVault vault;

    public VaultBackup(KeyVault vault) {
        this.vault = vault;
    }

    private static Map<String, String> plain() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("link", "purpose, subject, kid");
        tables.put("key_use", "kid, kind, site_id, first_at, last_at, gone");
        tables.put("expired", "lead_id, purpose, subject");
        tables.put("link_position", "topic, part, next");
        tables.put(
                "erase_job",
                "lead_id, site_id, cause, actor, requested_at, state, forgotten_at, destroyed_at, done_at, keys, at_once, withdrawn_at");
        return tables;
    }

    private static Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("kek", "kek_id, seal, state, created_at, retired_at");
        tables.put(
                "data_key", "kid, wrapped, kek_id, state, purpose, subject, created_at, erased_at");
        tables.put("erasure", "kid, purpose, subject, at");
        tables.put("lost", "since, until, told_at");
        PLAIN.forEach(tables::put);
        return tables;
    }

    /// Writes the vault as it is at one moment; mode 600, whole or not at all.
    ///
    /// @return how many data keys and fences are in it
    public long write(Path target) {
        vault.migrate();
        var content = new ByteArrayOutputStream();
        content.writeBytes(FIRST_LINE.getBytes(StandardCharsets.UTF_8));
        long keys =
                vault.transactions()
                        .call(connection -> {
                            try (var isolation = connection.createStatement()) {
                                isolation.execute(
                                        "set transaction isolation level repeatable read");
                            }
                            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
                            long count = 0;
                            for (var table : TABLES.entrySet()) {
                                content.writeBytes(
                                        (table.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
                                try {
                                    long rows =
                                            copies.copyOut(
                                                    "copy vault.%s (%s) to stdout"
                                                            .formatted(
                                                                    table.getKey(),
                                                                    table.getValue()),
                                                    content);
                                    count += table.getKey().equals("data_key") ? rows : 0;
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                                content.writeBytes(END.getBytes(StandardCharsets.UTF_8));
                            }
                            return count;
                        });
        content.writeBytes(
                (sha256(content.toByteArray()) + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            DurableFile.write(target, content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    /// @param active usable data keys that were not here before
    /// @param fenced active keys that an erasure in the file, or one in the ledger, destroyed
    /// @param newest when the newest key in the file was made; what was sealed later may be lost
    public record Restored(long active, long fenced, Optional<Instant> newest) {}

    /// Puts back what a file has, all of it or nothing.
    ///
    /// @throws VaultRefusedException when the file is not whole, or the key-encryption key at hand
    ///   does not open what is in it
    public Restored read(Path source) {
        var sections = sections(source);
        vault.migrate();
        return vault.transactions()
                .call(connection -> {
                    KekTable.lock(connection);
                    for (var table : TABLES.entrySet()) {
                        load(connection, table.getKey(), columns(table, sections), sections);
                    }
                    requireKeys(connection);
                    execute(
                            connection,
                            """
                            insert into vault.kek (kek_id, seal, state, created_at, retired_at)
                            select kek_id, seal,
                                   case when exists (select from vault.kek where state = 'primary') then 'retired' else state end,
                                   created_at, retired_at
                            from in_kek on conflict (kek_id) do nothing
                            """);
                    long active =
                            execute(
                                    connection,
                                    """
                                    insert into vault.data_key
                                    select kid, wrapped, kek_id, state, purpose, subject, created_at, erased_at
                                    from in_data_key where state = 'active'
                                    on conflict (kid) do nothing
                                    """);
                    execute(
                            connection,
                            """
                            insert into vault.data_key
                            select kid, wrapped, kek_id, state, purpose, subject, created_at, erased_at
                            from in_data_key where state = 'erased'
                            on conflict (kid) do nothing
                            """);
                    execute(
                            connection,
                            """
                            insert into vault.erasure (kid, purpose, subject, at)
                            select kid, purpose, subject, at from in_erasure on conflict do nothing
                            """);
                    long fenced =
                            execute(
                                    connection,
                                    """
                                    update vault.data_key d
                                    set state = 'erased', wrapped = null, kek_id = null, erased_at = e.at
                                    from (select kid, min(at) at from vault.erasure group by kid) e
                                    where e.kid = d.kid and d.state = 'active'
                                    """);
                    execute(
                            connection,
                            """
                            insert into vault.lost (since, until, told_at)
                            select since, until, told_at from in_lost on conflict do nothing
                            """);
                    for (var table : PLAIN.entrySet()) {
                        execute(
                                connection,
                                "insert into vault.%1$s (%2$s) select %2$s from in_%1$s on conflict do nothing"
                                        .formatted(table.getKey(), columns(table, sections)));
                    }
                    // An older file does not tell what its keys were used for.
                    KeyUses.addFromLinks(connection);
                    // What an older backup brought back may have been shown again meanwhile.
                    execute(
                            connection,
                            """
                            update vault.erase_job set state = 'destroyed', destroyed_at = now(), done_at = null
                            where state in ('destroyed', 'done')
                            """);
                    execute(connection, "delete from vault.erase_step");
                    return new Restored(active, fenced, newest(connection));
                });
    }

    /// Those that the file has: new ones are added at the end, and an older file is without them.
    private static String columns(Map.Entry<String, String> table, Map<String, byte[]> sections) {
        String rows =
                new String(
                        sections.getOrDefault(table.getKey(), new byte[0]), StandardCharsets.UTF_8);
        if (rows.isEmpty()) {
            return table.getValue();
        }
        // copied as text: one tab between two values, tabs within them are written \t
        long there =
                rows.substring(0, rows.indexOf('\n')).chars().filter(c -> c == '\t').count() + 1;
        return Arrays.stream(table.getValue().split(", "))
                .limit(there)
                .collect(Collectors.joining(", "));
    }

    private static void load(
            Connection connection, String table, String columns, Map<String, byte[]> sections)
            throws SQLException {
        execute(
                connection,
                "create temp table in_%s on commit drop as select %s from vault.%s with no data"
                        .formatted(table, columns, table));
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy in_%s (%s) from stdin".formatted(table, columns),
                            new ByteArrayInputStream(sections.getOrDefault(table, new byte[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireKeys(Connection connection) throws SQLException {
        var keys = vault.file().read();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select kek_id, seal from in_kek
                                where kek_id in (select kek_id from in_data_key where state = 'active')
                                """)) {
            while (rows.next()) {
                KekTable.require(rows.getString(1), rows.getBytes(2), keys, vault.file());
            }
        }
    }

    private static Optional<Instant> newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select max(created_at) from in_data_key")) {
            row.next();
            return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
        }
    }

    private static long execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static Map<String, byte[]> sections(Path source) {
        String text;
        try {
            text = Files.readString(source);
        } catch (IOException missing) {
            throw new VaultRefusedException(source + " cannot be read", missing);
        }
        int sum = text.lastIndexOf(END) + END.length();
        if (!text.startsWith(FIRST_LINE)
                || !text.substring(sum)
                        .strip()
                        .equals(sha256(text.substring(0, sum).getBytes(StandardCharsets.UTF_8)))) {
            throw new VaultRefusedException(
                    source + " is no whole backup of a vault; nothing was changed");
        }
        var sections = new LinkedHashMap<String, byte[]>();
        int at = FIRST_LINE.length();
        while (at < sum) {
            int name = text.indexOf('\n', at);
            // The rows of an empty table end where they begin.
            int end =
                    text.startsWith(END, name + 1) ? name + 1 : text.indexOf("\n" + END, name) + 1;
            sections.put(
                    text.substring(at, name),
                    text.substring(name + 1, end).getBytes(StandardCharsets.UTF_8));
            at = end + END.length();
        }
        return sections;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
