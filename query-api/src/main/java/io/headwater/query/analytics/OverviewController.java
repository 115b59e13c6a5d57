package io.headwater.query.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.time.Zones;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics")
@Tag(name = "analytics")
class OverviewController {
    private final OverviewQuery overview;
    private final Clock clock;

    OverviewController(OverviewQuery overview, Clock clock) {
        this.overview = overview;
        this.clock = clock;
    }

    record OverviewView(
            @JsonUnwrapped OverviewQuery.Visits visits,
            String role,
            @JsonUnwrapped OverviewQuery.Leads leads) {}

    record RealtimeView(
            @JsonProperty("active_sessions_5m") long activeSessions5m,
            @JsonProperty("active_sessions_30m") long activeSessions30m,
            @JsonProperty("events_5m") long events5m,
            @JsonProperty("leads_5m") long leads5m,
            @JsonProperty("leads_30m") long leads30m,
            List<OverviewQuery.PageViews> topPages) {}

    @GetMapping("/overview")
    @Reads({"sessions", "lead_volume"})
    @Operation(
            summary = "Totals of everything.",
            description = "vpn_suspected_count is left out until visits carry that verdict.")
    OverviewView overview(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "IANA time zone whose today counts")
                    @RequestParam(required = false)
                    @Nullable String zone) {
        ZoneId at = Zones.parse(zone);
        Instant today = LocalDate.now(clock.withZone(at)).atStartOfDay(at).toInstant();
        return new OverviewView(overview.visits(), caller.role().word(), overview.leads(today));
    }

    @GetMapping("/realtime")
    @Reads({"sessions", "leads", "traffic"})
    @Operation(
            summary = "The last minutes.",
            description =
                    "events_5m is exact for sessions of the last five minutes; older ones count with"
                            + " their share of the time.")
    RealtimeView realtime() {
        OverviewQuery.Realtime now = overview.realtime();
        return new RealtimeView(
                now.activeSessions5m(),
                now.activeSessions30m(),
                now.events5m(),
                now.leads5m(),
                now.leads30m(),
                overview.recentPages());
    }
}
