package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.State;
import io.headwater.projectors.platform.bulk.BulkSettings;
import io.headwater.projectors.platform.keys.Samples;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers what operators ask for in `ops.request`, in order: with the generation it is about, or
/// with the rule that it breaks.
@Component
class Requests {

    /// Option of a verification: so many keys instead of everything.
    static final String SAMPLE = "sample";

    private static final Logger log = LoggerFactory.getLogger(Requests.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(5);

    /// Each is kept as long after it was replaced; one whose time was cut short by an operator
    /// comes before all others.
    private static final Comparator<Generations.Row> REPLACED_LAST =
            Comparator.comparing(
                    Generations.Row::retireAt, Comparator.nullsFirst(Comparator.naturalOrder()));

    private record Request(
            long id, String projection, String action, JsonNode options, String actor) {}

    /// A rule that a request breaks.
    private static final class Refused extends RuntimeException {
        private final String code;

        Refused(String code, String reason) {
            super(reason);
            this.code = code;
        }
    }

    private final Generations generations;
    private final Folds folds;
    private final Switch views;
    private final Samples samples;
    private final RebuildSettings settings;
    private final BulkSettings bulk;
    private final JdbcClient jdbc;

    Requests(
            Generations generations,
            Folds folds,
            Switch views,
            Samples samples,
            RebuildSettings settings,
            BulkSettings bulk,
            JdbcClient jdbc) {
        this.generations = generations;
        this.folds = folds;
        this.views = views;
        this.samples = samples;
        this.settings = settings;
        this.bulk = bulk;
        this.jdbc = jdbc;
    }

    /// @return whether there were any
    boolean answerAll() throws InterruptedException {
        var open = open();
        for (var request : open) {
            try {
                var about = carryOut(request);
                answer(request, about, null, null);
            } catch (Refused refused) {
                answer(request, null, refused.code, refused.getMessage());
            }
        }
        return !open.isEmpty();
    }

    private List<Request> open() {
        return jdbc.sql(
                        """
                        select id, projection, action, options::text, actor
                        from ops.request
                        where answered_at is null
                        order by id\
                        """)
                .query((row, number) ->
                        new Request(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                JSON.readTree(row.getString(4)),
                                row.getString(5)))
                .list();
    }

    private Generation carryOut(Request request) throws InterruptedException {
        if (!folds.projections().contains(request.projection())) {
            throw new Refused(
                    "unknown-projection",
                    "there is no projection %s; there are %s"
                            .formatted(request.projection(), folds.projections()));
        }
        return switch (request.action()) {
            case "rebuild" -> plan(request, false);
            case "verify" -> request.options().has(SAMPLE) ? sample(request) : plan(request, true);
            case "rollback" -> rollBack(request);
            case "retire" -> retire(request);
            default -> throw new IllegalStateException("no action " + request.action());
        };
    }

    private Generation plan(Request request, boolean verifyOnly) {
        String projection = request.projection();
        for (var row : generations.of(projection)) {
            if (row.state().isBuilding()) {
                throw new Refused(
                        "rebuild-running",
                        "%s is on its way already (%s); retire it to give it up"
                                .formatted(row.generation(), row.state()));
            }
        }
        var fold = folds.newest(projection).orElseThrow();
        Set<String> expected = new HashSet<>();
        request.options().path("expected").forEach(name -> expected.add(name.asString()));
        JsonNode most = request.options().path("max_rate");
        // Only a bulk backfill reads it.
        boolean archive = request.options().path("from").asString("").equals("archive");
        var plan =
                new Generations.Plan(
                        projection,
                        fold.foldVersion(),
                        verifyOnly,
                        bulk.enabled() || archive,
                        archive,
                        most.isNumber() ? Integer.valueOf(most.asInt()) : null,
                        expected);
        return generations.plan(plan, request.actor());
    }

    /// Keys are picked by the number of the request: nobody knows beforehand which.
    private Generation sample(Request request) {
        String projection = request.projection();
        if (!samples.hasKeys(projection)) {
            throw new Refused(
                    "no-keys",
                    projection
                            + " has no rows of one key: verify it without a sample, which makes all"
                            + " of it anew");
        }
        var live =
                generations
                        .live(projection)
                        .orElseThrow(() ->
                                new Refused(
                                        "unknown-generation",
                                        projection + " has no live generation yet"));
        jdbc.sql(
                        """
                        insert into ops.sample (request, projection, wanted, seed)
                        values (:request, :projection, :wanted, hashint8extended(:request, 0))
                        on conflict do nothing\
                        """)
                .param("request", request.id())
                .param("projection", projection)
                .param("wanted", Math.max(1, request.options().path(SAMPLE).asInt(1)))
                .update();
        return live.generation();
    }

    /// Back to the generation that was live before, the one replaced last; once more, and forward
    /// again.
    private Generation rollBack(Request request) throws InterruptedException {
        var target =
                generations.of(request.projection()).stream()
                        .filter(row -> row.state() == State.RETIRING && row.runs())
                        .filter(row -> !row.verifyOnly())
                        .max(REPLACED_LAST)
                        .orElseThrow(() ->
                                new Refused(
                                        "nothing-to-roll-back-to",
                                        "no former generation of %s is kept"
                                                .formatted(request.projection())));
        if (!target.isCaughtUp(settings.rollbackAge())) {
            throw new Refused(
                    "generation-behind",
                    "%s is %d ms behind and %s: readers would see older rows"
                            .formatted(
                                    target.generation(), target.lagAgeMillis(), target.health()));
        }
        boolean done =
                views.to(
                        target.generation(),
                        State.RETIRING,
                        settings.keep(),
                        SWITCH_LIMIT,
                        "rolled back",
                        request.actor());
        if (!done) {
            throw new Refused(
                    "views-in-use",
                    "readers held on to the views for %d s; ask again"
                            .formatted(SWITCH_LIMIT.toSeconds()));
        }
        return target.generation();
    }

    private Generation retire(Request request) {
        JsonNode number = request.options().path("generation");
        var all = generations.of(request.projection());
        List<Generations.Row> chosen;
        if (number.isNumber()) {
            chosen =
                    all.stream()
                            .filter(row -> row.generation().number() == number.asInt())
                            .toList();
            if (chosen.isEmpty()) {
                throw new Refused(
                        "unknown-generation",
                        "%s has no generation %d, or it is gone"
                                .formatted(request.projection(), number.asInt()));
            }
            if (chosen.getFirst().state() == State.LIVE) {
                throw new Refused(
                        "generation-live",
                        chosen.getFirst().generation()
                                + " is what readers see; switch to another one first");
            }
        } else {
            chosen =
                    all.stream()
                            .filter(row ->
                                    row.state() == State.RETIRING || row.state() == State.FAILED)
                            .toList();
            if (chosen.isEmpty()) {
                throw new Refused(
                        "nothing-to-retire",
                        "no generation of %s but the live one, or one on its way, is left"
                                .formatted(request.projection()));
            }
        }
        for (var row : chosen) {
            if (row.state() != State.RETIRING) {
                generations.move(
                        row.generation(),
                        row.state(),
                        State.RETIRING,
                        "asked for",
                        request.actor());
            }
            generations.retire(row.generation(), Duration.ZERO);
            // From here on it is why it is not gone yet.
            generations.reason(row.generation(), null);
        }
        return chosen.getFirst().generation();
    }

    private void answer(
            Request request,
            @Nullable Generation generation,
            @Nullable String code,
            @Nullable String reason) {
        jdbc.sql(
                        """
                        update ops.request
                        set answered_at = now(), accepted = :accepted, generation = :generation,
                            code = :code, reason = :reason
                        where id = :id\
                        """)
                .param("accepted", code == null)
                .param("generation", generation == null ? null : generation.number())
                .param("code", code)
                .param("reason", reason)
                .param("id", request.id())
                .update();
        log.atInfo()
                .addKeyValue("projection", request.projection())
                .addKeyValue("action", request.action())
                .addKeyValue("generation", generation)
                .addKeyValue("refused", code)
                .log("request answered");
    }
}
