package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.LogEpoch;
import io.headwater.schema.LogEpochs;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tables must be of the log that is there: a position of another epoch names other events.
@Component
class LogEpochGuard {

    private static final String FIRST =
            "insert into ops.log_epoch (number) values (:number) on conflict do nothing";

    private static final String OF_TABLES = "select number from ops.log_epoch";

    private final Supplier<LogEpoch> log;
    private final JdbcClient jdbc;

    @Autowired
    LogEpochGuard(ProjectorSettings settings, JdbcClient jdbc) {
        this(() -> new LogEpochs(settings.kafka().brokers()).now(), jdbc);
    }

    LogEpochGuard(Supplier<LogEpoch> log, JdbcClient jdbc) {
        this.log = log;
        this.jdbc = jdbc;
    }

    /// @throws IllegalStateException when the log is being restored, or is not the one that the
    ///   tables were made of; with the way out
    void requireSameLog() {
        var epoch = log.get();
        if (epoch.isRestoring()) {
            throw new IllegalStateException(
                    "the log is being restored: run restore until it ends, see docs/restore.md");
        }
        jdbc.sql(FIRST).param("number", epoch.number()).update();
        int ofTables = jdbc.sql(OF_TABLES).query(Integer.class).single();
        if (ofTables != epoch.number()) {
            throw new IllegalStateException(
                    "the tables were made of the log in epoch %d and the log is in epoch %d: drop the database, everything is made again from the log (docs/restore.md)"
                            .formatted(ofTables, epoch.number()));
        }
    }
}
