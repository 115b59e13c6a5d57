package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Brings the database to what this version needs: `ops` first, then the schema of each generation.
/// Safe to repeat.
@Component
class Migrations {

    private static final String LOCATION = "classpath:db/projectors/";

    /// Only a projection that has no generation yet, or none that is left.
    private static final String REGISTER =
            """
            insert into ops.projection (projection, generation, fold_version, state, live_at)
            select :projection,
                   coalesce((select max(generation) from ops.projection where projection = :projection), 0) + 1,
                   :version, 'CATCHING_UP', now()
            where not exists (
                select from ops.projection
                where projection = :projection and state = 'LIVE')
            returning generation\
            """;

    private static final String PUBLISH = "select ops.publish(:projection, :generation)";

    /// Whether the live generation has columns that the views do not show; no row when it is not
    /// live. Held against a switch that happens meanwhile.
    private static final String GROWN =
            """
            select exists (
                select
                from information_schema.columns made
                where made.table_schema = :schema
                  and made.table_name <> 'flyway_schema_history'
                  and not exists (
                      select
                      from information_schema.columns shown
                      where shown.table_schema = 'read'
                        and shown.table_name = made.table_name
                        and shown.column_name = made.column_name))
            from ops.projection
            where projection = :projection
              and generation = :generation
              and state = 'LIVE'
            for update\
            """;

    private static final String RECORD =
            """
            insert into ops.transition (projection, generation, to_state, reason, actor)
            values (:projection, :generation, 'LIVE', 'the first one', 'projectors')\
            """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final LogEpochGuard epochs;

    Migrations(
            DataSource dataSource,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            LogEpochGuard epochs) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.epochs = epochs;
    }

    /// @throws IllegalStateException when the database is of another log than there is
    void platform() {
        flyway("ops", "ops").migrate();
        epochs.requireSameLog();
    }

    /// A projection that nothing is read of gets its first generation, which is read at once: there
    /// is nothing to compare it with.
    void first(Projection projection) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('headwater-first-generation'))")
                    .query((row, number) -> number)
                    .single();
            jdbc.sql(REGISTER)
                    .param("projection", projection.name())
                    .param("version", projection.foldVersion())
                    .query(Integer.class)
                    .optional()
                    .map(number -> new Generation(projection.name(), number))
                    .ifPresent(generation -> publish(projection, generation));
        });
    }

    /// The tables of a generation. What a migration adds to those of the live one is shown to
    /// readers at once.
    void generation(Projection projection, Generation generation) {
        flyway(generation.schema(), "generation/" + projection.tables()).migrate();
        transactions.executeWithoutResult(_ -> {
            boolean grown =
                    jdbc.sql(GROWN)
                            .param("projection", generation.projection())
                            .param("generation", generation.number())
                            .param("schema", generation.schema())
                            .query(Boolean.class)
                            .optional()
                            .orElse(false);
            if (grown) {
                show(generation);
            }
        });
    }

    private void publish(Projection projection, Generation generation) {
        generation(projection, generation);
        show(generation);
        jdbc.sql(RECORD)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .update();
    }

    private void show(Generation generation) {
        jdbc.sql(PUBLISH)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .query(Integer.class)
                .single();
    }

    private Flyway flyway(String schema, String folder) {
        return Flyway.configure(getClass().getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION + folder)
                .defaultSchema(schema)
                .createSchemas(true)
                .load();
    }
}
