package io.headwater.query.intake;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.time.TimeRange;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/// What the quarantine can be narrowed to; a plan names its submissions by the same words.
record QuarantineFilter(
        @Parameter(
                        schema =
                                @Schema(
                                        allowableValues = {
                                            "waiting",
                                            "released",
                                            "rejected",
                                            "all"
                                        },
                                        defaultValue = "waiting"))
                @Nullable String state,
        @Parameter(description = "reason code") @Nullable String code,
        @Parameter(description = "id of the webhook source; (none): it came by none")
                @Nullable String source,
        @Parameter(description = "preset of the source; (none): it came by none")
                @Nullable String provider,
        @Parameter(description = "site id") @Nullable String site,
        @Parameter(description = "true: edited to what can be let in; false: still wrong")
                @Nullable Boolean mended,
        @Parameter(description = "plan over many that decided it") @BindParam("plan_id")
                @Nullable String planId,
        @Parameter(description = "received at or after: an instant or a date (UTC)")
                @Nullable String from,
        @Parameter(description = "received before: an instant, or the end of a date (UTC)")
                @Nullable String to) {

    static final String WAITING = "waiting";
    private static final String ALL = "all";
    private static final Set<String> STATES = Set.of(WAITING, "released", "rejected", ALL);

    Conditions conditions() {
        String asked = state == null || state.isBlank() ? WAITING : state.strip();
        if (!STATES.contains(asked)) {
            throw badParameter("state", "must be one of waiting, released, rejected, all");
        }
        var found =
                new Conditions()
                        .text("state = :state", "state", asked.equals(ALL) ? null : asked)
                        .text("quarantine.code = :code", "code", code)
                        .textOrNone("quarantine.source_id", "source", source)
                        .textOrNone("quarantine.provider", "provider", provider)
                        .text("quarantine.site_id = :site", "site", site)
                        .text("plan_id = :plan_id", "plan_id", planId)
                        .during(
                                "quarantine.received_at",
                                TimeRange.parse(from, to, ZoneOffset.UTC));
        if (mended != null) {
            found.add(mended ? "quarantine.problem is null" : "quarantine.problem is not null");
        }
        return found;
    }
}
