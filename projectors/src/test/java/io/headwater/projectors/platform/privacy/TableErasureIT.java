package io.headwater.projectors.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.SharedTables;
import io.headwater.projectors.intake.WebhooksProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.platform.Generation;
import io.headwater.vault.DataKind;
import io.headwater.vault.Erasures;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyUse;
import io.headwater.vault.KeyVault;
import io.headwater.vault.Owner;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import io.headwater.vault.Retention;
import io.headwater.vault.RetentionRuns;
import io.headwater.vault.RetentionRuns.Rule;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TableErasureIT {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Generation LIVE = new Generation("leads", 78);
    private static final Generation NEXT = new Generation("leads", 79);
    private static final Generation DELIVERIES = new Generation("webhooks", 78);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(TableErasure.class);

    @TempDir private Path folder;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private JdbcClient jdbc;
    private KeyVault keys;
    private VaultReader reader;
    private Erasures erasures;
    private PGSimpleDataSource vaultTables;
    private TableErasure tables;

    @BeforeEach
    void start() throws Exception {
        lines.start();
        LOG.addAppender(lines);
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
        var vault = new PGSimpleDataSource();
        vault.setUrl(database("vault", backends.jdbcVaultUser()));
        vault.setUser(KeyVault.ROLE);
        String kek = folder.resolve("kek.json").toUri().toString();
        keys = new KeyVault(vault, KekFile.at(kek));
        erasures = new Erasures(vault);
        reader =
                new VaultReader(
                        new VaultLogin(vault.getUrl(), KeyVault.ROLE, "", kek),
                        "table-erasure-it",
                        Duration.ZERO);
        vaultTables = vault;
        tables =
                new TableErasure(
                        reader,
                        List.of(new LeadsProjection(), new WebhooksProjection()),
                        jdbc,
                        new TransactionTemplate(new DataSourceTransactionManager(own)));
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
        reader.close();
    }

    private List<Level> levels() {
        return lines.list.stream().map(ILoggingEvent::getLevel).toList();
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
        keys.open();
        erasures.log()
                .learn(
                        new Learned(
                                List.of(
                                        new Link(new Owner("lead", lead), "k1"),
                                        new Link(new Owner("receipt", "r1"), "k1"),
                                        new Link(new Owner("receipt", "r2"), "k2")),
                                Map.of(),
                                List.of(new Forgotten(lead, "main", "hand", "system", NOW)),
                                Set.of(),
                                List.of()));
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

    /// Of projectors that run alone, and of a first start before command-api came so far.
    @Test
    void beforeThereIsAVaultNobodyIsToBeCleared() {
        tables.look();
        tables.look();
        assertThat(levels()).containsExactly(Level.INFO);

        keys.open();
        tables.look();

        assertThat(reader.isMade()).isTrue();
        assertThat(levels()).containsExactly(Level.INFO);
    }

    @Test
    void aVaultThatDoesNotAnswerIsToldOnce() {
        reader.close();

        tables.look();
        tables.look();

        assertThat(levels()).containsExactly(Level.WARN);
    }

    /// The steps of a rule of retention are like leads that are forgotten, and name only what they
    /// ended: the body here, and not what came with it.
    @Test
    void whatHasHadItsTimeIsClearedAndNothingElse() {
        note(LIVE, "main_1", "stays");
        delivery("r1");
        delivery("r2");
        jdbc.sql(
                        "update ops.projection set state = 'CATCHING_UP' where projection = 'leads' and generation = 79")
                .update();
        keys.open();
        var old = Instant.parse("2026-01-01T00:00:00Z");
        var body = keys.create(1).getFirst().kid();
        erasures.log()
                .learn(
                        new Learned(
                                List.of(
                                        new Link(new Owner("receipt", "r1"), body),
                                        new Link(new Owner("submission", "s1"), body)),
                                Map.of(),
                                List.of(),
                                Set.of(),
                                List.of(KeyUse.of(body, KeyUse.Kind.BODIES, "main", old))));
        var runs = new RetentionRuns(vaultTables);
        runs.ask("r", NOW, "system", false, List.of(new Rule(DataKind.BODIES, NOW, Map.of())));
        var work = runs.take(Retention.KINDS, "me").orElseThrow();
        assertThat(new Retention(vaultTables).steps(work).next()).containsExactly(body);
        runs.done(work, List.of());

        tables.round(erasures, Duration.ZERO);

        assertThat(notes(LIVE)).containsExactly("stays");
        assertThat(
                        jdbc.sql(
                                        "select receipt_id from webhooks_g78.webhooks where body is not null")
                                .query(String.class)
                                .list())
                .containsExactly("r2");
        assertThat(runs.find("r").orElseThrow().rows()).isEqualTo(1);
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
