package io.headwater.query.analytics;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.time.Grain;
import io.headwater.query.platform.time.TimeRange;
import io.headwater.query.platform.time.Zones;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "analytics")
class VolumeController {
    private final VolumeQuery volume;
    private final Clock clock;

    VolumeController(VolumeQuery volume, Clock clock) {
        this.volume = volume;
        this.clock = clock;
    }

    /// @param bucket first moment of the local bucket
    /// @param key source, campaign, country or device; `all` when not split
    record VolumeView(Instant bucket, String key, @JsonUnwrapped VolumeQuery.Outcomes outcomes) {}

    @GetMapping("/analytics/leads/volume")
    @Reads("lead_volume")
    @Operation(
            summary = "Submissions and leads over time, by outcome.",
            description =
                    "Buckets lie on the calendar of the zone; empty ones are left out. Roll-ups hold"
                            + " quarters of an hour, to which from and to are rounded.")
    List<VolumeView> volume(
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "15m", "hour", "day", "week", "month"
                                            },
                                            defaultValue = "day"))
                    @RequestParam(required = false)
                    @Nullable String grain,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "source",
                                                "campaign",
                                                "country",
                                                "device",
                                                "none"
                                            },
                                            defaultValue = "none"))
                    @RequestParam(required = false)
                    @Nullable String by,
            @Parameter(
                            description =
                                    "an instant or a local date; by default as much as suits the grain")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "an instant or a local date; now when absent")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "IANA time zone, for example Asia/Kolkata; UTC when absent")
                    @RequestParam(required = false)
                    @Nullable String zone,
            @RequestParam(required = false) @Nullable String site) {
        Grain width = Grain.parse(grain);
        ZoneId at = Zones.parse(zone);
        TimeRange range = TimeRange.parse(from, to, at);
        Instant end = range.to() != null ? range.to() : clock.instant();
        Instant begin = range.from() != null ? range.from() : end.minus(width.defaultSpan());
        if (end.isBefore(begin)) {
            throw badParameter("from", "must not be in the future when to is absent");
        }
        List<Instant> edges = width.edges(begin, end, at);
        Instant first = range.from() != null ? Grain.quarterOf(begin) : edges.getFirst();
        return volume.volume(edges, first, end, VolumeKey.parse(by), site).stream()
                .map(slice ->
                        new VolumeView(
                                edges.get(slice.number() - 1), slice.key(), slice.outcomes()))
                .toList();
    }
}
