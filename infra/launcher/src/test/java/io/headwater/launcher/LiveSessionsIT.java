package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class LiveSessionsIT {

    @Test
    void followsTheLiveGeneration() throws Exception {
        var backends = TestBackends.shared(Backend.POSTGRES);
        String user = backends.jdbcUser();
        // Others make the schema of the platform in the shared one.
        String name = "live_sessions";
        try (var connection = DriverManager.getConnection(backends.jdbcUrl(), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + user);
        }
        String url = backends.jdbcUrl().replaceFirst("/[^/]+$", "/" + name);

        var sessions = new LiveSessions(url, user);
        assertThat(sessions.topic()).isEqualTo("view.sessions.g1");

        try (var connection = DriverManager.getConnection(url, user, "");
                var statement = connection.createStatement()) {
            statement.execute("create schema ops");
            statement.execute(
                    "create table ops.projection as select 'sessions' as projection, 2 as generation, 'RETIRING' as state");
            assertThat(sessions.topic()).isEqualTo("view.sessions.g1");
            statement.execute("insert into ops.projection values ('sessions', 3, 'LIVE')");
            assertThat(sessions.topic()).isEqualTo("view.sessions.g3");
        }
    }

    @Test
    void saysWhenItCannotTell() {
        assertThatThrownBy(new LiveSessions("jdbc:postgresql://127.0.0.1:1/none", "nobody")::topic)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be read");
    }
}
