package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.bulk.Backfills;
import io.headwater.projectors.platform.lag.LagProbe;
import io.headwater.projectors.platform.lag.LogEnds;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures;
import io.headwater.vault.VaultReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Compares a generation with the live one at a cut, in one snapshot, and keeps the report. The
/// folds go on as soon as the snapshot stands.
@Component
class Verification {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    /// Rows are deleted once an hour when their time is over, each generation's at its own minute.
    private static final Duration SWEEP = Duration.ofHours(2);

    private static final int LETTERS_LISTED = 20;

    private final Folds folds;
    private final LogEnds logs;
    private final Backfills backfills;
    private final ProjectorSettings settings;
    private final RebuildSettings rebuild;
    private final VaultReader vault;
    private final JdbcClient jdbc;
    private final DataSource dataSource;

    Verification(
            Folds folds,
            LogEnds logs,
            Backfills backfills,
            ProjectorSettings settings,
            RebuildSettings rebuild,
            VaultReader vault,
            JdbcClient jdbc,
            DataSource dataSource) {
        this.folds = folds;
        this.logs = logs;
        this.backfills = backfills;
        this.settings = settings;
        this.rebuild = rebuild;
        this.vault = vault;
        this.jdbc = jdbc;
        this.dataSource = dataSource;
    }

    /// @return empty while somebody is to be cleared from the tables: the live ones still show what
    ///   a generation that was loaded since cannot open
    /// @throws CutTakenException while another generation of the projection is compared
    /// @throws CutException when the two could not be brought to the same offsets in time
    /// @throws ExecutionException when Kafka is away
    /// @throws SQLException when Postgres is
    /// @throws io.headwater.vault.VaultUnavailableException when the vault is
    Optional<Report> of(Generations.Row live, Generations.Row candidate)
            throws InterruptedException, ExecutionException, SQLException {
        if (isHalfForgotten()) {
            return Optional.empty();
        }
        var liveFold = fold(live);
        var newFold = fold(candidate);
        try (var connection = dataSource.getConnection();
                var probe = open();
                var cut =
                        new Cut(
                                jdbc,
                                logs,
                                probe,
                                new LogEnds.Followed(live.generation(), liveFold.sources()),
                                new LogEnds.Followed(candidate.generation(), newFold.sources()),
                                rebuild.cutLimit())) {
            var targets = cut.reach();
            if (isHalfForgotten()) {
                return Optional.empty();
            }
            begin(connection);
            try {
                var snapshot = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                if (!cut.holds(snapshot) || !cut.isWhole(snapshot, targets)) {
                    throw new CutException("the cut was over before the snapshot stood");
                }
                // Before and after: whose turn it was in between is seen by one of the two.
                if (isHalfForgotten()) {
                    return Optional.empty();
                }
                cut.close();
                var report = compare(connection, live, candidate, newFold, targets);
                return Optional.of(keep(report));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /// Whose keys are gone and whose rows are not cleared yet, a minute and a bit.
    private boolean isHalfForgotten() {
        return vault.isMade()
                && !vault.erasures().waiting(Erasures.TABLES, Duration.ZERO).isEmpty();
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.execute("set local timezone = 'UTC'");
        }
    }

    private Report compare(
            Connection connection,
            Generations.Row live,
            Generations.Row candidate,
            Projection fold,
            Map<TopicPartition, Long> targets)
            throws SQLException, ExecutionException, InterruptedException {
        var expected = new TreeSet<>(candidate.expected());
        if (live.foldVersion() != candidate.foldVersion()) {
            expected.addAll(fold.changes());
        }
        var now = Instant.now();
        var tables =
                new Comparison(
                                connection,
                                live.generation(),
                                candidate.generation(),
                                expected,
                                expiring(fold, now))
                        .tables();
        var letters = newLetters(connection, live.generation(), candidate.generation());
        boolean equal = letters.isEmpty() && tables.stream().allMatch(Report.Table::equal);
        return new Report(
                candidate.generation().projection(),
                candidate.generation().number(),
                live.generation().number(),
                new TreeMap<>(
                        Map.of(
                                live.generation().number(),
                                live.foldVersion(),
                                candidate.generation().number(),
                                candidate.foldVersion())),
                byTopic(targets),
                byTopic(horizon(fold, candidate.fromArchive())),
                now,
                equal,
                tables.stream().mapToLong(table -> table.rows().candidate()).sum(),
                tables,
                List.copyOf(expected),
                letters,
                equal ? null : why(tables, letters));
    }

    private static String why(List<Report.Table> tables, List<String> letters) {
        if (!letters.isEmpty()) {
            return "events that the live generation folded cannot be folded: " + letters.getFirst();
        }
        var first = tables.stream().filter(table -> !table.equal()).findFirst().orElseThrow();
        long rows = tables.stream().mapToLong(table -> table.differences().total()).sum();
        var example = first.differences().listed().stream().findFirst();
        return "%d rows differ, first in %s%s"
                .formatted(
                        rows,
                        first.table(),
                        example.map(one ->
                                        ": %s %s %s"
                                                .formatted(one.key(), one.kind(), one.columns()))
                                .orElse(""));
    }

    private Report keep(Report report) {
        jdbc.sql(
                        """
                        insert into ops.report (projection, generation, against, equal, report)
                        values (:projection, :generation, :against, :equal, cast(:report as jsonb))\
                        """)
                .param("projection", report.projection())
                .param("generation", report.generation())
                .param("against", report.against())
                .param("equal", report.equal())
                .param("report", JSON.writeValueAsString(report))
                .update();
        return report;
    }

    /// Source records that only the candidate could not fold, as topic, partition, offset and
    /// cause.
    private static List<String> newLetters(
            Connection connection, Generation live, Generation candidate) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        select topic || ' ' || part || ' @' || "offset" || ': ' || cause
                        from ops.dead_letter as mine
                        where projection = ? and generation = ?
                          and not exists (
                              select from ops.dead_letter as known
                              where known.projection = mine.projection and known.generation = ?
                                and (known.topic, known.part, known."offset") = (mine.topic, mine.part, mine."offset"))
                        order by topic, part, "offset"
                        limit ?\
                        """)) {
            select.setString(1, candidate.projection());
            select.setInt(2, candidate.number());
            select.setInt(3, live.number());
            select.setInt(4, LETTERS_LISTED);
            var letters = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    letters.add(rows.getString(1));
                }
            }
            return letters;
        }
    }

    private static Map<String, Comparison.Expiring> expiring(Projection fold, Instant now) {
        Duration kept = Topics.view(fold.name(), 1).retention();
        Map<String, Comparison.Expiring> expiring = new HashMap<>();
        if (!kept.isNegative()) {
            for (var type : fold.rows()) {
                Schema row = SpecificData.get().getSchema(type);
                if (row.getObjectProp("expires") instanceof String column) {
                    expiring.put(
                            RowKey.table(row),
                            new Comparison.Expiring(column, now.minus(kept).plus(SWEEP)));
                }
            }
        }
        return expiring;
    }

    private Map<TopicPartition, Long> horizon(Projection fold, boolean fromArchive)
            throws ExecutionException, InterruptedException {
        var firsts = new HashMap<>(backfills.firsts(fold.sources(), fromArchive));
        firsts.values().removeIf(first -> first == 0);
        return firsts;
    }

    private static Map<String, Map<Integer, Long>> byTopic(Map<TopicPartition, Long> offsets) {
        Map<String, Map<Integer, Long>> byTopic = new TreeMap<>();
        offsets.forEach((partition, offset) ->
                byTopic.computeIfAbsent(partition.topic(), unseen -> new TreeMap<>())
                        .put(partition.partition(), offset));
        return byTopic;
    }

    private Projection fold(Generations.Row row) {
        return folds.of(row.generation().projection(), row.foldVersion())
                .orElseThrow(() ->
                        new CutException(
                                "the fold of " + row.generation() + " is not in this version"));
    }

    private LagProbe open() {
        return LagProbe.open(settings.kafka().brokers(), settings.instance() + "-verification");
    }
}
