package io.headwater.projectors.platform.privacy;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.State;
import io.headwater.schema.ViewTable;
import io.headwater.vault.Erasures;
import io.headwater.vault.VaultReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Clears the personal columns of those whose keys were destroyed, in the tables of every
/// generation: sinks write a value once, and do not learn that its key is gone.
///
/// Begins when nobody remembers the keys any more, waits for generations that are just being loaded
/// and holds the sinks up for a moment: what was opened before is written before. Rows that come
/// later are opened later, and so have nothing personal.
@Component
class TableErasure implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TableErasure.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /// Between opening a row and its commit.
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private record Known(Generation generation, State state) {}

    private final VaultReader vault;
    private final List<Projection> projections;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private @Nullable ScheduledExecutorService timer;
    private boolean waits;
    private boolean fails;

    TableErasure(
            VaultReader vault,
            List<Projection> projections,
            JdbcClient jdbc,
            TransactionTemplate transactions) {
        this.vault = vault;
        this.projections = List.copyOf(projections);
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public synchronized void start() {
        var fresh =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("table-erasure").daemon(true).factory());
        fresh.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        timer = fresh;
    }

    void look() {
        try {
            if (vault.isMade()) {
                round(vault.erasures(), vault.life().plus(MARGIN));
            } else if (!waits) {
                waits = true;
                log.atInfo().log("nobody is to be cleared from the tables: there is no vault yet");
            }
            fails = false;
        } catch (RuntimeException away) {
            if (!fails) {
                log.atWarn()
                        .addKeyValue("reason", away.getMessage())
                        .log("people are not cleared from the tables, tried again");
            }
            fails = true;
        }
    }

    /// @param forgets longest time between the end of a key and the last write with it
    void round(Erasures erasures, Duration forgets) {
        RuntimeException fault = null;
        var cleared = new LinkedHashMap<String, Long>();
        var changed = new LinkedHashSet<Generation>();
        for (String leadId : erasures.waiting(Erasures.TABLES, forgets)) {
            var generations = generations();
            if (generations.stream().anyMatch(one -> isLoading(one) || !isKnown(one))) {
                break;
            }
            try {
                long rows = 0;
                var ids = PersonalColumns.ids(leadId, erasures.traces(leadId));
                for (var one : generations) {
                    long here = clear(one.generation(), ids);
                    if (here > 0) {
                        changed.add(one.generation());
                    }
                    rows += here;
                }
                cleared.put(leadId, rows);
            } catch (RuntimeException failed) {
                // the others go on
                fault = failed;
            }
        }
        // once for all of them: a rule of retention may end much at a time
        changed.forEach(this::vacuum);
        cleared.forEach((leadId, rows) -> {
            erasures.done(leadId, Erasures.TABLES, rows);
            log.atInfo()
                    .addKeyValue("lead", leadId)
                    .addKeyValue("rows", rows)
                    .log("cleared from the tables");
        });
        if (fault != null) {
            throw fault;
        }
    }

    private static boolean isLoading(Known one) {
        return one.state() == State.PLANNED || one.state() == State.BACKFILL;
    }

    /// Another version of this application knows what its tables show.
    private boolean isKnown(Known one) {
        return projections.stream()
                .anyMatch(projection -> projection.name().equals(one.generation().projection()));
    }

    private long clear(Generation generation, Map<String, String[]> ids) {
        return Objects.requireNonNull(
                transactions.execute(_ -> {
                    hold(generation);
                    return clearHeld(generation, ids);
                }));
    }

    /// A sink has its positions locked while it writes.
    private void hold(Generation generation) {
        jdbc.sql(
                        """
                        select next_offset from ops.projection_position
                        where projection = ? and generation = ? order by topic, part for update
                        """)
                .params(generation.projection(), generation.number())
                .query(Long.class)
                .list();
    }

    /// What a row showed stands in its old version until then, and among the samples that Postgres
    /// keeps of a column.
    private void vacuum(Generation generation) {
        jdbc.sql("select tablename from pg_tables where schemaname = ?")
                .param(generation.schema())
                .query(String.class)
                .list()
                .forEach(table ->
                        jdbc.sql("vacuum (analyze) " + generation.schema() + "." + table).update());
    }

    private long clearHeld(Generation generation, Map<String, String[]> ids) {
        long rows = 0;
        for (var projection : projections) {
            if (!projection.name().equals(generation.projection())) {
                continue;
            }
            for (var type : projection.rows()) {
                var table = ViewTable.of(projection.name(), SpecificData.get().getSchema(type));
                if (!table.personal().isEmpty() && exists(generation, table.name())) {
                    rows +=
                            jdbc.sql(new PersonalColumns(table).clear(generation.schema()))
                                    .params(ids)
                                    .update();
                }
            }
        }
        return rows;
    }

    /// A generation that failed at its beginning has none.
    private boolean exists(Generation generation, String table) {
        return jdbc.sql("select to_regclass(:name) is not null")
                .param("name", generation.schema() + "." + table)
                .query(Boolean.class)
                .single();
    }

    private List<Known> generations() {
        return jdbc.sql(
                        "select projection, generation, state from ops.projection where state <> 'GONE'")
                .query((row, _) ->
                        new Known(
                                new Generation(row.getString(1), row.getInt(2)),
                                State.valueOf(row.getString(3))))
                .list();
    }

    @Override
    public synchronized void stop() {
        var running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
