package io.headwater.projectors.platform.keys;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Compares keys of the live views with what their events give: what stands in `ops.sample` and is
/// not over. Writes nothing but the result, and leaves most of the time to others.
///
/// One that was interrupted begins anew, with the same seed. Only one at a time, of whoever leads.
@Component
public class Samples {

    private static final Logger log = LoggerFactory.getLogger(Samples.class);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /// Keys that differ, kept with their rows.
    private static final int MOST_FINDINGS = 100;

    private record Open(long id, String projection, int wanted, long seed) {}

    private record Finding(String key, List<KeyAnswers.Row> rows) {}

    /// What was found so far.
    private static final class Result {
        private final List<Finding> findings = new ArrayList<>();
        private int keys;
        private long rows;
        private int differing;
        private int skipped;
        private @Nullable String reason;
    }

    private final LiveGenerations generations;
    private final SampledKeys sampled;
    private final KeyOperations operations;
    private final SampleSettings settings;
    private final JdbcClient jdbc;
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> differing = new ConcurrentHashMap<>();
    private volatile @Nullable Thread thread;

    Samples(
            LiveGenerations generations,
            SampledKeys sampled,
            KeyOperations operations,
            SampleSettings settings,
            JdbcClient jdbc,
            MeterRegistry registry) {
        this.generations = generations;
        this.sampled = sampled;
        this.operations = operations;
        this.settings = settings;
        this.jdbc = jdbc;
        this.registry = registry;
    }

    /// Whether keys of this projection can be folded by themselves.
    public boolean hasKeys(String projection) {
        return generations.projections().contains(projection);
    }

    /// To be called now and then by whoever leads.
    public void look() {
        var running = thread;
        if (running != null && running.isAlive()) {
            return;
        }
        jdbc.sql(
                        """
                        select id, projection, wanted, seed
                        from ops.sample
                        where ended_at is null
                        order by id
                        limit 1\
                        """)
                .query(Open.class)
                .optional()
                .ifPresent(one -> thread = Thread.ofVirtual().name("sample").start(() -> run(one)));
    }

    public void stop() throws InterruptedException {
        var running = thread;
        if (running != null) {
            running.interrupt();
            running.join(STOP_LIMIT);
        }
    }

    private void run(Open one) {
        try {
            compare(one);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (SQLException | DataAccessException | KafkaException away) {
            log.atWarn()
                    .addKeyValue("projection", one.projection())
                    .addKeyValue("reason", away.getMessage())
                    .log("sample begins anew");
        } catch (RuntimeException bug) {
            log.atError().setCause(bug).addKeyValue("projection", one.projection()).log("sample");
            var result = new Result();
            result.reason = bug.getClass().getSimpleName() + ": " + bug.getMessage();
            end(one, null, result);
        }
    }

    private void compare(Open one) throws InterruptedException, SQLException {
        var result = new Result();
        LiveGenerations.Live live;
        try {
            live = generations.of(one.projection());
        } catch (KeyRefusal refused) {
            result.reason = refused.detail();
            end(one, null, result);
            return;
        }
        for (String key : sampled.of(live, one.wanted(), one.seed())) {
            long began = System.nanoTime();
            compare(live, key, result);
            long took = System.nanoTime() - began;
            // A key costs a pass over its partition: at most half of the time goes there.
            TimeUnit.NANOSECONDS.sleep(Math.max(took, MINUTE_NANOS / settings.perMinute() - took));
        }
        end(one, live.generation().number(), result);
    }

    private void compare(LiveGenerations.Live live, String key, Result result) throws SQLException {
        try {
            var found = operations.check(live, key);
            result.keys++;
            result.rows += found.rowsChecked();
            if (!found.rows().isEmpty()) {
                result.differing++;
                if (result.findings.size() < MOST_FINDINGS) {
                    result.findings.add(new Finding(key, found.rows()));
                }
            }
        } catch (KeyRefusal refused) {
            // Gone meanwhile, too long, or what made it is gone.
            result.skipped++;
            if (result.reason == null) {
                result.reason = key + ": " + refused.detail();
            }
        }
    }

    private void end(Open one, @Nullable Integer generation, Result result) {
        jdbc.sql(
                        """
                        update ops.sample
                        set generation = :generation, keys = :keys, rows = :rows,
                            differing = :differing, skipped = :skipped, reason = :reason,
                            findings = cast(:findings as jsonb), ended_at = now()
                        where id = :id and ended_at is null\
                        """)
                .param("generation", generation, java.sql.Types.INTEGER)
                .param("keys", result.keys)
                .param("rows", result.rows)
                .param("differing", result.differing)
                .param("skipped", result.skipped)
                .param("reason", result.reason)
                .param("findings", JSON.writeValueAsString(result.findings))
                .param("id", one.id())
                .update();
        gauge(one.projection()).set(result.differing);
        var level = result.differing > 0 ? log.atError() : log.atInfo();
        level.addKeyValue("projection", one.projection())
                .addKeyValue("keys", result.keys)
                .addKeyValue("differing", result.differing)
                .addKeyValue("skipped", result.skipped)
                .addKeyValue("seed", one.seed())
                .log("sample of the live view compared");
    }

    /// `projection.sample.differing`: keys of the newest sample that differ; of the instance that
    /// made it.
    private AtomicInteger gauge(String projection) {
        return differing.computeIfAbsent(
                projection,
                name ->
                        registry.gauge(
                                "projection.sample.differing",
                                Tags.of("projection", name),
                                new AtomicInteger()));
    }
}
