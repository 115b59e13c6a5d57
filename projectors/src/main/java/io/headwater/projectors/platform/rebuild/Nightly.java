package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.keys.Samples;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Asks once a night for a proof of the live views, as an operator would: a sample of the keys of
/// those that have keys, a whole rebuild to compare with of those that the settings name.
@Component
class Nightly {

    static final String ACTOR = "nightly";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final NightlySettings settings;
    private final Set<String> projections;
    private final Predicate<String> hasKeys;
    private final Generations generations;
    private final JdbcClient jdbc;

    @Autowired
    Nightly(
            NightlySettings settings,
            Folds folds,
            Samples samples,
            Generations generations,
            JdbcClient jdbc) {
        this(settings, folds.projections(), samples::hasKeys, generations, jdbc);
    }

    Nightly(
            NightlySettings settings,
            Set<String> projections,
            Predicate<String> hasKeys,
            Generations generations,
            JdbcClient jdbc) {
        this.settings = settings;
        this.projections = projections;
        this.hasKeys = hasKeys;
        this.generations = generations;
        this.jdbc = jdbc;
    }

    /// Within the hour that is set; a night on which nobody led then is left out.
    void look(Instant now) {
        var time = now.atOffset(ZoneOffset.UTC);
        if (time.getHour() != settings.hour()) {
            return;
        }
        var since = time.toLocalDate().atTime(LocalTime.of(settings.hour(), 0));
        Instant begin = since.toInstant(ZoneOffset.UTC);
        for (String name : projections) {
            if (settings.keys() > 0 && hasKeys.test(name)) {
                ask(name, begin, Map.of(Requests.SAMPLE, settings.keys()));
            }
        }
        for (String name : settings.rebuilds()) {
            // One after the other: each takes what live traffic leaves.
            if (generations.all().stream().anyMatch(row -> row.state().isBuilding())) {
                return;
            }
            if (ask(name, begin, Map.of())) {
                return;
            }
        }
    }

    /// @return whether it was not asked yet
    private boolean ask(String projection, Instant since, Map<String, Object> options) {
        return jdbc.sql(
                                """
                                insert into ops.request (projection, action, options, actor)
                                select :projection, 'verify', cast(:options as jsonb), :actor
                                where not exists (
                                    select from ops.request
                                    where projection = :projection and actor = :actor
                                      and jsonb_exists(options, 'sample')
                                          = jsonb_exists(cast(:options as jsonb), 'sample')
                                      and asked_at >= :since)\
                                """)
                        .param("projection", projection)
                        .param("options", JSON.writeValueAsString(options))
                        .param("actor", ACTOR)
                        .param("since", since.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
