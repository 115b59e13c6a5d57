package io.headwater.launcher.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/// Whether Postgres keeps what it said it kept, and its roles do no more than they must.
final class PostgresSafety {

    private static final String ABOUT = "postgres";
    private static final int LIMIT_SECONDS = 5;
    private static final String NOT_PERMITTED = "42501";

    private static final String MIGHTY =
            """
            select rolname from pg_roles
            where rolname like 'headwater\\_%'
              and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
            order by rolname\
            """;

    /// Lines that let in whoever reaches the port.
    private static final String TRUSTING =
            """
            select line_number || ': ' || concat_ws(' ', type, array_to_string(database, ','),
                       array_to_string(user_name, ','), address, netmask)
            from pg_hba_file_rules
            where auth_method = 'trust' and type like 'host%'
              and address not in ('127.0.0.1', '::1', 'localhost', 'samehost')
              and not (address = '127.0.0.0' and netmask = '255.0.0.0')
            order by rule_number\
            """;

    private PostgresSafety() {}

    static List<Finding> findings(String jdbcUrl, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(LIMIT_SECONDS);
        source.setSocketTimeout(LIMIT_SECONDS);
        try (var connection = source.getConnection()) {
            return findings(connection);
        } catch (SQLException away) {
            return List.of(
                    Finding.warning(
                            ABOUT,
                            "cannot be asked: " + away.getMessage(),
                            "./headwater status, ./headwater logs postgres"));
        }
    }

    static List<Finding> findings(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            String value = strings(connection, "show " + setting).getFirst();
            if (value.equals("off")) {
                findings.add(
                        Finding.unsafe(
                                ABOUT,
                                setting
                                        + " is off: what was committed may be gone after a power cut",
                                "alter system set %s = on, then select pg_reload_conf()"
                                        .formatted(setting)));
            }
        }
        if (strings(connection, "show data_checksums").getFirst().equals("off")) {
            findings.add(
                    Finding.warning(
                            ABOUT,
                            "data_checksums is off: a disk that forgets is not noticed",
                            "stop it and run pg_checksums --enable"));
        }
        for (String role : strings(connection, MIGHTY)) {
            findings.add(
                    Finding.unsafe(
                            ABOUT,
                            "role %s may do more than an application needs".formatted(role),
                            "alter role %s nosuperuser nocreaterole nocreatedb noreplication nobypassrls"
                                    .formatted(role)));
        }
        if (isOpen(strings(connection, "show listen_addresses").getFirst())) {
            findings.addAll(trusting(connection));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(ABOUT, "fsync and checksums are on, roles are small"))
                : findings;
    }

    /// @param addresses as `listen_addresses` has them
    static boolean isOpen(String addresses) {
        return Arrays.stream(addresses.split(","))
                .map(String::strip)
                .anyMatch(one ->
                        !one.isEmpty()
                                && !one.equals("localhost")
                                && !one.equals("::1")
                                && !one.startsWith("127."));
    }

    private static List<Finding> trusting(Connection connection) throws SQLException {
        try {
            return strings(connection, TRUSTING).stream()
                    .map(line ->
                            Finding.unsafe(
                                    ABOUT,
                                    "pg_hba.conf lets in without a password, line " + line,
                                    "scram-sha-256 in that line, then select pg_reload_conf()"))
                    .toList();
        } catch (SQLException refused) {
            if (!NOT_PERMITTED.equals(refused.getSQLState())) {
                throw refused;
            }
            return List.of(
                    Finding.warning(
                            ABOUT,
                            "it is open beyond this machine, and who is let in cannot be read",
                            "look for trust in pg_hba.conf"));
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
