package io.headwater.command.platform.postgres;

import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The schema `ops_command`, brought to what this version needs beside the start: the application
/// does not wait for it, whoever needs it finds out by [#jdbc].
///
/// Calls in one transaction go through Spring's `TransactionTemplate`.
@Component
public final class OpsDatabase implements SmartLifecycle {

    public static final String SCHEMA = "ops_command";

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(OpsDatabase.class);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private volatile boolean migrated;
    private @Nullable Thread migration;

    OpsDatabase(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /// Whether the tables are there; Postgres may be away all the same.
    public boolean ready() {
        return migrated;
    }

    /// Tables are named with their schema: `ops_command.plan`.
    ///
    /// @throws OpsUnavailableException until the migrations ran; callers are answered 503, as for
    ///   every `DataAccessException` that says Postgres is away
    public JdbcClient jdbc() {
        if (!migrated) {
            throw new OpsUnavailableException("Postgres was not reached yet");
        }
        return jdbc;
    }

    @Override
    public synchronized void start() {
        migration = Thread.ofVirtual().name("ops-migration").start(this::migrate);
    }

    private void migrate() {
        var flyway =
                Flyway.configure(getClass().getClassLoader())
                        .dataSource(dataSource)
                        .locations("classpath:db/command")
                        .defaultSchema(SCHEMA)
                        .createSchemas(true)
                        .load();
        for (boolean told = false; !Thread.currentThread().isInterrupted(); told = true) {
            try {
                flyway.migrate();
                migrated = true;
                return;
            } catch (FlywayException away) {
                if (!told) {
                    log.atWarn()
                            .addKeyValue("reason", away.getMessage())
                            .log("operational schema not ready yet, tried again");
                }
            }
            try {
                Thread.sleep(RETRY);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (migration != null) {
            migration.interrupt();
            migration = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return migration != null;
    }
}
