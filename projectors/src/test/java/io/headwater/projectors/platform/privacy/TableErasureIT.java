package io.headwater.projectors.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.SharedTables;
import io.headwater.projectors.intake.WebhooksProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Generation;
import io.headwater.vault.Erasures;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyVault;
import io.headwater.vault.Owner;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.VaultLogin;
import io.headwater.vault.VaultReader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TableErasureIT {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Generation LIVE = new Generation("leads", 78);
    private static final Generation NEXT = new Generation("leads", 79);
    private static final Generation DELIVERIES = new Generation("webhooks", 78);

    @TempDir private Path folder;

    private JdbcClient jdbc;
    private Erasures erasures;
    private TableErasure tables;

    @BeforeEach
    void start() throws Exception {
        var backends = TestBackends.shared(Backend.POSTGRES);
        // others leave generations of projections that nobody knows
        var own = SharedTables.source();
        own.setUrl(database("tables", backends.jdbcUser()));
        SharedTables.in(own, "ops", "ops");
        for (var generation : List.of(LIVE, NEXT, DELIVERIES)) {
            SharedTables.in(own, generation.schema(), "generation/" + generation.projection());
        }
        jdbc = JdbcClient.create(own);
        generation(LIVE, "LIVE");
        generation(NEXT, "BACKFILL");
        generation(DELIVERIES, "LIVE");
        String url = database("vault", backends.jdbcVaultUser());
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(KeyVault.ROLE);
        String kek = folder.resolve("kek.json").toUri().toString();
        new KeyVault(source, KekFile.at(kek)).open();
        erasures = new Erasures(source);
        tables =
                new TableErasure(
                        new VaultReader(
                                new VaultLogin(url, KeyVault.ROLE, "", kek),
                                "table-erasure-it",
                                Duration.ZERO),
                        List.of(new LeadsProjection(), new WebhooksProjection()),
                        jdbc,
                        new TransactionTemplate(new DataSourceTransactionManager(own)));
    }

    private static String database(String kind, String owner) throws SQLException {
        var backends = TestBackends.shared(Backend.POSTGRES);
        String name = kind + "_" + System.nanoTime();
        try (var postgres = DriverManager.getConnection(backends.jdbcUrl(), "postgres", "");
                var statement = postgres.createStatement()) {
            statement.execute("create database " + name + " owner " + owner);
        }
        return backends.jdbcUrl().replaceAll("/headwater$", "/" + name);
    }

    private void generation(Generation generation, String state) {
        jdbc.sql(
                        """
                        insert into ops.projection (projection, generation, fold_version, state)
                        values (?, ?, 1, ?)
                        """)
                .params(generation.projection(), generation.number(), state)
                .update();
    }

    private void note(Generation generation, String lead, String note) {
        jdbc.sql(
                        """
                        insert into %s.lead_timeline (event_id, lead_id, site_id, kind, at, recorded_at, note,
                            details, src_partition, src_offset)
                        values (?, ?, 'main', 'noted', now(), now(), ?, '{}', 0, 1)
                        """
                                .formatted(generation.schema()))
                .params(note, lead, note)
                .update();
    }

    private void delivery(String receipt) {
        jdbc.sql(
                        """
                        insert into webhooks_g78.webhooks (receipt_id, channel, outcome, body_bytes, body,
                            received_at, src_partition, src_offset)
                        values (?, 'webhook', 'accepted', 2, '{}', now(), 0, 1)
                        """)
                .param(receipt)
                .update();
    }

    private List<@Nullable String> notes(Generation generation) {
        return jdbc.sql(
                        "select coalesce(note, '-') from %s.lead_timeline order by event_id"
                                .formatted(generation.schema()))
                .query(String.class)
                .list();
    }

    private void destroyed(String lead) {
        erasures.log()
                .learn(
                        new Learned(
                                List.of(
                                        new Link(new Owner("lead", lead), "k1"),
                                        new Link(new Owner("receipt", "r1"), "k1"),
                                        new Link(new Owner("receipt", "r2"), "k2")),
                                Map.of(),
                                List.of(new Forgotten(lead, "main", "hand", "system", NOW)),
                                Set.of()));
        erasures.destroy(lead);
    }

    @Test
    void allGenerationsAreClearedWhenNoneIsBeingLoaded() {
        for (var generation : List.of(LIVE, NEXT)) {
            note(generation, "main_1", "a secret");
            note(generation, "main_2", "of another");
        }
        delivery("r1");
        delivery("r2");
        destroyed("main_1");

        tables.round(erasures, Duration.ofHours(1));
        assertThat(notes(LIVE)).as("keys are still remembered").contains("a secret");

        tables.round(erasures, Duration.ZERO);
        assertThat(notes(LIVE)).as("one is being loaded").contains("a secret");
        assertThat(erasures.waiting(Erasures.TABLES, Duration.ZERO)).containsExactly("main_1");

        jdbc.sql(
                        "update ops.projection set state = 'CATCHING_UP' where projection = 'leads' and generation = 79")
                .update();
        tables.round(erasures, Duration.ZERO);

        assertThat(notes(LIVE)).containsExactly("-", "of another");
        assertThat(notes(NEXT)).containsExactly("-", "of another");
        assertThat(
                        jdbc.sql(
                                        "select receipt_id from webhooks_g78.webhooks where body is not null")
                                .query(String.class)
                                .list())
                .containsExactly("r2");
        assertThat(erasures.finish(List.of(Erasures.TABLES))).containsExactly("main_1");
        assertThat(erasures.find("main_1").orElseThrow().steps())
                .isEqualTo(Map.of(Erasures.TABLES, 3L));
    }

    @Test
    void aGenerationThatNeverGotTablesIsNoHindrance() {
        note(LIVE, "main_1", "a secret");
        jdbc.sql("drop table leads_g79.lead_timeline").update();
        jdbc.sql(
                        "update ops.projection set state = 'FAILED' where projection = 'leads' and generation = 79")
                .update();
        destroyed("main_1");

        tables.round(erasures, Duration.ZERO);

        assertThat(notes(LIVE)).containsExactly("-");
        assertThat(erasures.waiting(Erasures.TABLES, Duration.ZERO)).isEmpty();
    }
}
