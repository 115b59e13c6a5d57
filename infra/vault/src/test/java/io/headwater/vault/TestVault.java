package io.headwater.vault;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A vault in a database of its own, with a key of its own; and ways to disturb it.
final class TestVault {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String url;
    final Path kek;

    private TestVault(String url, Path kek) {
        this.url = url;
        this.kek = kek;
    }

    static TestVault make() {
        Backends backends = TestBackends.shared(Backend.POSTGRES);
        String name = "vault_" + NUMBER.incrementAndGet();
        sql(
                backends.jdbcUrl(),
                "postgres",
                "create database " + name + " owner " + backends.jdbcVaultUser());
        try {
            return new TestVault(
                    backends.jdbcUrl().replaceAll("/headwater$", "/" + name),
                    Files.createTempDirectory("headwater-vault-").resolve("kek.json"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /// The same key, an empty database.
    TestVault elsewhere() {
        return new TestVault(make().url, kek);
    }

    KekFile file() {
        return KekFile.at(kek.toUri().toString());
    }

    KeyVault opened() {
        var vault = new KeyVault(database(), file());
        vault.open();
        return vault;
    }

    PGSimpleDataSource database() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(KeyVault.ROLE);
        return source;
    }

    long count(String query) {
        try (var connection = DriverManager.getConnection(url, KeyVault.ROLE, "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void sql(String statement) {
        sql(url, KeyVault.ROLE, statement);
    }

    static void sql(String url, String user, String sql) {
        try (var connection = DriverManager.getConnection(url, user, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// Connections of which the one that commits for the n-th time is gone instead.
    DataSource dyingAtCommit(int n) {
        var commits = new AtomicInteger();
        var real = database();
        return source(() ->
                proxy(
                        Connection.class,
                        real.getConnection(),
                        (method, connection) -> {
                            if (method.equals("commit") && commits.incrementAndGet() == n) {
                                ((Connection) connection).abort(Runnable::run);
                                throw new SQLException("gone before the commit", "08006");
                            }
                        }));
    }

    /// Connections that are there as long as `up` says so.
    DataSource asLongAs(BooleanSupplier up) {
        var real = database();
        return source(() -> {
            if (!up.getAsBoolean()) {
                throw new SQLException("nobody listens", "08001");
            }
            return real.getConnection();
        });
    }

    /// Connections that are counted when they are asked for.
    DataSource counted(AtomicInteger asked) {
        var real = database();
        return source(() -> {
            asked.incrementAndGet();
            return real.getConnection();
        });
    }

    private interface Source {
        Connection get() throws SQLException;
    }

    private interface Before {
        void call(String method, Object target) throws SQLException;
    }

    private static DataSource source(Source source) {
        return (DataSource)
                Proxy.newProxyInstance(
                        TestVault.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, method, _) -> {
                            if (method.getName().equals("getConnection")) {
                                return source.get();
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static <T> T proxy(Class<T> type, T target, Before before) {
        return type.cast(
                Proxy.newProxyInstance(
                        TestVault.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            before.call(method.getName(), target);
                            try {
                                return method.invoke(target, arguments);
                            } catch (InvocationTargetException e) {
                                throw Objects.requireNonNull(e.getCause());
                            }
                        }));
    }
}
