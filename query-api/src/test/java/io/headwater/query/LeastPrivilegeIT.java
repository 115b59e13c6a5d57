package io.headwater.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever takes over query-api has what its role in Postgres may: read the views, and ask for a
/// rebuild.
@SuppressWarnings("NullAway.Init")
class LeastPrivilegeIT {

    private static final String REFUSED = "42501";

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        EmbeddedReadModels.models();
        var backends = TestBackends.shared(Backend.POSTGRES);
        connection = DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcQueryUser(), "");
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void isNobodySpecial() throws SQLException {
        assertThat(
                        asked(
                                """
                                select rolsuper or rolcreaterole or rolcreatedb or rolreplication
                                       or rolbypassrls
                                       or exists (select from pg_auth_members where member = r.oid)
                                from pg_roles r where rolname = current_user
                                """))
                .containsExactly("f");
        assertThat(asked("select count(*) from pg_class where relowner = current_user::regrole"))
                .containsExactly("0");
    }

    @Test
    void writesNothingButRequests() throws SQLException {
        assertThat(
                        asked(
                                """
                                select format('%I.%I', n.nspname, c.relname)
                                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                where c.relkind in ('r', 'p', 'v', 'm', 'f')
                                  and n.nspname not in ('pg_catalog', 'information_schema')
                                  and n.nspname not like 'pg\\_temp%'
                                  and (has_any_column_privilege(c.oid, 'insert')
                                       or has_any_column_privilege(c.oid, 'update')
                                       or has_table_privilege(c.oid, 'delete')
                                       or has_table_privilege(c.oid, 'truncate'))
                                """))
                .containsExactly("ops.request");
        assertThat(asked("select has_any_column_privilege('ops.request', 'update')"))
                .containsExactly("f");
    }

    @Test
    void makesNothing() throws SQLException {
        assertThat(
                        asked(
                                """
                                select nspname from pg_namespace
                                where has_schema_privilege(oid, 'create')
                                  and nspname not like 'pg\\_temp%'
                                """))
                .isEmpty();
    }

    @Test
    void seesOnlyTheSchemasOfViewsAndOperation() throws SQLException {
        assertThat(
                        asked(
                                """
                                select nspname from pg_namespace
                                where has_schema_privilege(oid, 'usage')
                                  and nspname not in ('pg_catalog', 'information_schema', 'public')
                                  and nspname not like 'pg\\_t%'
                                order by 1
                                """))
                .containsExactly("ops", "read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update read.leads set email = 'x'",
                "delete from read.leads",
                "truncate leads_g1.leads",
                "select * from leads_g1.leads",
                "drop view read.leads",
                "update ops.projection set state = 'READY'",
                "select ops.publish('leads', 1)",
                "create table vault.mine (n int)",
                "create table ops_command.mine (n int)",
                "create schema mine",
                "copy (select 1) to program 'true'",
                "select pg_read_file('/etc/passwd')",
                "alter role headwater_query superuser",
                "set role headwater"
            })
    void isRefused(String statement) {
        assertThat(state(statement)).as(statement).isEqualTo(REFUSED);
    }

    private static String state(String statement) {
        try (var running = connection.createStatement()) {
            running.execute(statement);
            return "done";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static List<String> asked(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
