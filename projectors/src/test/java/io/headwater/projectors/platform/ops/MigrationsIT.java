package io.headwater.projectors.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Generation;
import io.headwater.schema.LogEpoch;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/// What a version of the platform adds to tables that an earlier one made, in a database of its
/// own.
class MigrationsIT {

    private static final Backends POSTGRES = TestBackends.shared(Backend.POSTGRES);
    private static final Generation LIVE = new Generation("leads", 1);
    private static final Generation FORMER = new Generation("leads", 2);

    private JdbcClient jdbc;
    private DriverManagerDataSource database;

    @BeforeEach
    void tablesOfBefore() {
        String name = "migrated_" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(new DriverManagerDataSource(POSTGRES.jdbcUrl(), "postgres", ""))
                .sql("create database " + name)
                .update();
        database =
                new DriverManagerDataSource(
                        POSTGRES.jdbcUrl().replace("/headwater", "/" + name), "postgres", "");
        jdbc = JdbcClient.create(database);
        flyway("ops", "ops", "latest");
        for (var generation : new Generation[] {LIVE, FORMER}) {
            flyway(generation.schema(), "generation/leads", "3");
            jdbc.sql(
                            """
                            insert into ops.projection (projection, generation, fold_version, state)
                            values ('leads', :generation, 3, 'RETIRING')
                            """)
                    .param("generation", generation.number())
                    .update();
        }
        jdbc.sql("select ops.publish('leads', 1)").query(Integer.class).single();
    }

    @Test
    void whatIsAddedToTheLiveTablesIsShown() {
        jdbc.sql("select count(*) from read.submissions").query(Long.class).single();

        migrations().generation(new LeadsProjection(), LIVE);
        migrations().generation(new LeadsProjection(), LIVE);

        assertThat(shown("lead_consents")).contains("leads_g1.lead_consents");
        assertThat(shown("submissions")).contains("trusted_form_url").contains("leads_g1.");
        assertThat(
                        jdbc.sql("select state from ops.projection where generation = 1")
                                .query(String.class)
                                .single())
                .isEqualTo("LIVE");
    }

    @Test
    void whatIsAddedToOthersIsNot() {
        migrations().generation(new LeadsProjection(), FORMER);

        assertThat(
                        jdbc.sql("select to_regclass('read.lead_consents') is null")
                                .query(Boolean.class)
                                .single())
                .isTrue();
        assertThat(shown("leads")).contains("leads_g1.");
    }

    private String shown(String view) {
        return jdbc.sql("select pg_get_viewdef(cast(:view as regclass))")
                .param("view", "read." + view)
                .query(String.class)
                .single();
    }

    private Migrations migrations() {
        var epochs = new LogEpochGuard(() -> new LogEpoch(1, LogEpoch.OPEN, "", Map.of()), jdbc);
        return new Migrations(
                database,
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                epochs);
    }

    private void flyway(String schema, String folder, String target) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/projectors/" + folder)
                .defaultSchema(schema)
                .createSchemas(true)
                .target(target)
                .load()
                .migrate();
    }
}
