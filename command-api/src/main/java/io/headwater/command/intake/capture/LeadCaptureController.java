package io.headwater.command.intake.capture;

import io.headwater.command.intake.IntakeMetrics;
import io.headwater.command.intake.IntakeSettings;
import io.headwater.command.intake.KeptException;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.Problems;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /lead.capture`, and the two older paths that do the same until their sunset.
@Hidden
@RestController
class LeadCaptureController {

    private final LeadCapture capture;
    private final RequestAudit audit;
    private final IntakeMetrics metrics;
    private final Clock clock;
    private final String sunset;

    LeadCaptureController(
            LeadCapture capture,
            RequestAudit audit,
            IntakeMetrics metrics,
            IntakeSettings settings,
            Clock clock) {
        this.capture = capture;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.sunset =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        settings.sunset().atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    @PostMapping("/lead.capture")
    void capture(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    @PostMapping({"/lead", "/"})
    void deprecated(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Deprecated", "true");
        response.setHeader("Sunset", sunset);
        response.setHeader("Link", "</lead.capture>; rel=\"successor-version\"");
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            var answer = capture.take(request);
            metrics.answered(answer.channel(), "none", "accepted");
            PreferredWait.confirm(request, response);
            answer.write(response);
        } catch (RuntimeException fault) {
            var problem = fault instanceof KeptException kept ? kept.problem() : Problems.of(fault);
            String channel = channel(request);
            metrics.answered(channel, "none", problem);
            if (!(fault instanceof KeptException) && wasRefusedAtTheDoor(problem)) {
                var now = clock.instant();
                audit.refused(
                        request,
                        capture.newId(now),
                        channel,
                        null,
                        null,
                        null,
                        problem,
                        Math.max(0, request.getContentLengthLong()),
                        now);
            }
            Problems.write(request, response, problem);
        }
    }

    private static boolean wasRefusedAtTheDoor(Problem problem) {
        return switch (problem.status()) {
            case 400, 401, 403, 413, 415 -> true;
            default -> false;
        };
    }

    private static String channel(HttpServletRequest request) {
        return ApiKeys.presented(request) == null ? Receipt.FORM : Receipt.API;
    }
}
