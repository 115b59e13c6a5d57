package io.headwater.query.analytics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.time.Zones;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics/engine")
@Tag(name = "engine")
class EngineController {
    private final EngineQuery engine;
    private final VolumeQuery volume;
    private final Clock clock;

    EngineController(EngineQuery engine, VolumeQuery volume, Clock clock) {
        this.engine = engine;
        this.volume = volume;
        this.clock = clock;
    }

    record DayView(LocalDate date, @JsonUnwrapped VolumeQuery.Outcomes outcomes) {}

    @GetMapping("/overview")
    @Reads("lead_volume")
    @Operation(summary = "All submissions by outcome, and the leads made of them.")
    VolumeQuery.Outcomes overview() {
        return volume.total();
    }

    @GetMapping("/submissions-daily")
    @Reads("lead_volume")
    @Operation(summary = "Submissions per local day; days without any are left out.")
    List<DayView> daily(
            @RequestParam(defaultValue = "30") @Min(1) @Max(90) int days,
            @Parameter(description = "IANA time zone; UTC when absent")
                    @RequestParam(required = false)
                    @Nullable String zone) {
        return volume.daily(LocalDays.last(days, Zones.parse(zone), clock.instant())).stream()
                .map(day -> new DayView(day.date(), day.outcomes()))
                .toList();
    }

    @GetMapping("/by-project")
    @Reads("leads")
    @Operation(summary = "Submissions and leads by project.")
    List<EngineQuery.ProjectVolume> byProject() {
        return engine.byProject();
    }

    @GetMapping("/by-source")
    @Reads("lead_volume")
    @Operation(summary = "Submissions and leads by source.")
    List<VolumeQuery.SourceVolume> bySource() {
        return volume.bySource();
    }

    @GetMapping("/by-engagement")
    @Reads("leads")
    @Operation(summary = "Leads by engagement label, the coldest first.")
    List<EngineQuery.LabelLeads> byEngagement() {
        return engine.byEngagement();
    }

    @GetMapping("/projects")
    @Reads("leads")
    @Operation(summary = "Names of all projects that have leads.")
    List<String> projects() {
        return engine.projects();
    }

    @GetMapping("/sources")
    @Reads("lead_volume")
    @Operation(summary = "Names of all sources that have submissions.")
    List<String> sources() {
        return engine.sources();
    }
}
