package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings the database to what this version needs: `ops` first, then the schema of each generation,
/// then the views of generations that nothing else serves yet. Safe to repeat.
@Component
class Migrations {

    private static final String LOCATION = "classpath:db/projectors/";

    private static final String REGISTER =
            """
            insert into ops.projection (projection, generation, fold_version, state)
            values (:projection, :generation, :version, 'CATCHING_UP')
            on conflict (projection, generation)
            do update set fold_version = excluded.fold_version, updated_at = now()
            where ops.projection.fold_version <> excluded.fold_version\
            """;

    private static final String PUBLISH_FIRST =
            """
            select ops.publish(:projection, :generation)
            where not exists (
                select from ops.projection
                where projection = :projection and state = 'LIVE' and generation <> :generation)\
            """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    Migrations(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    void platform() {
        flyway("ops", "ops").migrate();
    }

    /// Also makes the generation the one that is read when the projection has no other.
    void generation(Projection projection, Generation generation) {
        flyway(generation.schema(), "generation/" + generation.projection()).migrate();
        jdbc.sql(REGISTER)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("version", projection.foldVersion())
                .update();
        jdbc.sql(PUBLISH_FIRST)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .query(Integer.class)
                .optional();
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
