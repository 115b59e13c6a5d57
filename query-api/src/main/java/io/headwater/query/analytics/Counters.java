package io.headwater.query.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.live.LiveEvent;
import io.headwater.query.platform.live.LiveGauge;
import io.headwater.query.platform.view.Freshness;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The counters of the live stream. Today is a day in UTC.
@Component
class Counters implements LiveGauge {
    private static final Set<String> PROJECTIONS = Set.of("lead_volume", "traffic", "sessions");

    private final OverviewQuery overview;
    private final Freshness freshness;
    private final Clock clock;
    private final JsonMapper json;

    Counters(OverviewQuery overview, Freshness freshness, Clock clock, JsonMapper json) {
        this.overview = overview;
        this.freshness = freshness;
        this.clock = clock;
        this.json = json;
    }

    record Figures(
            @JsonUnwrapped OverviewQuery.Leads leads,
            @JsonUnwrapped OverviewQuery.Traffic traffic,
            @JsonProperty("active_sessions_5m") long activeSessions5m) {}

    record CountersView(@JsonUnwrapped Figures figures, @Nullable Instant asOf) {}

    @Override
    public Set<String> projections() {
        return PROJECTIONS;
    }

    @Override
    public Reading read() {
        Freshness.Stand stand = freshness.of(PROJECTIONS);
        Instant today = LocalDate.now(clock).atStartOfDay(ZoneOffset.UTC).toInstant();
        var figures =
                new Figures(overview.leads(today), overview.traffic(), overview.activeSessions());
        String data = json.writeValueAsString(new CountersView(figures, stand.asOf()));
        return new Reading(figures, new LiveEvent("counters", null, data, false));
    }
}
