package io.headwater.query.analytics;

import io.headwater.query.platform.time.Zones;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics")
@Tag(name = "analytics")
class TrafficController {
    private final TrafficQuery traffic;
    private final Clock clock;

    TrafficController(TrafficQuery traffic, Clock clock) {
        this.traffic = traffic;
        this.clock = clock;
    }

    @GetMapping("/sessions/daily")
    @Reads("sessions")
    @Operation(summary = "Visits per local day; days without any are left out.")
    List<TrafficQuery.Day> daily(
            @RequestParam(defaultValue = "30") @Min(1) @Max(90) int days,
            @Parameter(description = "IANA time zone, for example Asia/Kolkata; UTC when absent")
                    @RequestParam(required = false)
                    @Nullable String zone) {
        return traffic.daily(LocalDays.last(days, Zones.parse(zone), clock.instant()));
    }

    @GetMapping("/pages/top")
    @Reads("traffic")
    @Operation(summary = "Pages by views, the most viewed first.")
    List<TrafficQuery.Page> topPages(
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return traffic.topPages(limit);
    }

    @GetMapping("/geo")
    @Reads("sessions")
    @Operation(summary = "Visits by country, the most first.")
    List<TrafficQuery.Country> geo() {
        return traffic.countries();
    }

    @GetMapping("/engagement")
    @Reads("sessions")
    @Operation(summary = "Closed visits by engagement score.")
    List<TrafficQuery.Bucket> engagement() {
        return traffic.engagement();
    }

    @GetMapping("/sources")
    @Reads({"traffic", "lead_volume"})
    @Operation(summary = "Visits and leads by source.")
    List<TrafficQuery.Source> sources() {
        return traffic.sources();
    }
}
