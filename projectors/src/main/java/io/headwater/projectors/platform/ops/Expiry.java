package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Deletes rows whose time is over: those of views with a retention, by the column that their
/// schema names as `expires`. A rebuild does not bring them back, because what they were made of
/// ends at the same time.
@Component
class Expiry {

    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    /// Rows in one transaction: the sink writes to the same table meanwhile.
    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("row-expiry").daemon(true).factory());

    Expiry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param running asked for each time
    void start(Supplier<List<RunningProjection>> running) {
        timer.scheduleWithFixedDelay(
                () -> sweep(running.get(), Instant.now()), 0, PERIOD.toMinutes(), TimeUnit.MINUTES);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void sweep(List<RunningProjection> running, Instant now) {
        try {
            for (var one : running) {
                sweep(one.generation(), one.projection().rows(), now);
            }
        } catch (DataAccessException away) {
            log.atWarn()
                    .addKeyValue("reason", away.getMessage())
                    .log("rows whose time is over stay until the next round");
        }
    }

    /// @return rows deleted
    int sweep(Generation generation, List<Class<? extends SpecificRecord>> rows, Instant now) {
        Duration kept = Topics.view(generation.projection(), generation.number()).retention();
        if (kept.isNegative()) {
            return 0;
        }
        int deleted = 0;
        for (var type : rows) {
            Schema row = SpecificData.get().getSchema(type);
            if (row.getObjectProp("expires") instanceof String column) {
                deleted +=
                        delete(
                                generation.schema() + "." + RowKey.table(row),
                                column,
                                now.minus(kept));
            }
        }
        return deleted;
    }

    /// Names are those of our own schemas.
    private int delete(String table, String column, Instant before) {
        int deleted = 0;
        int batch;
        do {
            batch =
                    jdbc.sql(
                                    """
                                    delete from %1$s
                                    where ctid = any (array(
                                        select ctid from %1$s
                                        where %2$s < :before
                                        limit %3$d))\
                                    """
                                            .formatted(table, column, BATCH))
                            .param("before", before.atOffset(ZoneOffset.UTC))
                            .update();
            deleted += batch;
        } while (batch == BATCH);
        return deleted;
    }
}
