package io.headwater.query.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.live.LiveEvent;
import io.headwater.query.platform.live.LiveGauge;
import io.headwater.query.platform.view.Freshness;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The counters of the live stream. Today is a day in UTC.
@Component
class Counters implements LiveGauge {
    private static final Set<String> PROJECTIONS = Set.of("lead_volume", "traffic", "sessions");

    private final OverviewQuery overview;
    private final RollUpTotals totals;
    private final Freshness freshness;
    private final JsonMapper json;

    Counters(OverviewQuery overview, RollUpTotals totals, Freshness freshness, JsonMapper json) {
        this.overview = overview;
        this.totals = totals;
        this.freshness = freshness;
        this.json = json;
    }

    record Figures(
            @JsonUnwrapped RollUpTotals.Sums sums,
            @JsonProperty("active_sessions_5m") long activeSessions5m) {}

    record CountersView(@JsonUnwrapped Figures figures, @Nullable Instant asOf) {}

    @Override
    public Set<String> projections() {
        return PROJECTIONS;
    }

    @Override
    public Reading read() {
        Freshness.Stand stand = freshness.of(PROJECTIONS);
        var figures = new Figures(totals.read(stand.generations()), overview.activeSessions());
        String data = json.writeValueAsString(new CountersView(figures, stand.asOf()));
        return new Reading(figures, new LiveEvent("counters", null, null, data, false));
    }
}
