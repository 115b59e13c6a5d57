package io.headwater.command.intake.webhook;

import io.headwater.command.intake.IntakeMetrics;
import io.headwater.command.intake.KeptException;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.Problems;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// `/webhooks/{provider}/{source}`: 200 once everything is durable; a business refusal is 200 too,
/// for providers switch hooks off that answer otherwise. Deliveries come by POST, some old ones by
/// GET; handshakes by GET or OPTIONS.
@Hidden
@RestController
class WebhookController {

    private final Webhooks webhooks;
    private final RequestAudit audit;
    private final IntakeMetrics metrics;
    private final Clock clock;

    WebhookController(Webhooks webhooks, RequestAudit audit, IntakeMetrics metrics, Clock clock) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    @RequestMapping(
            path = "/webhooks/{provider}/{source}",
            method = {RequestMethod.POST, RequestMethod.GET, RequestMethod.OPTIONS})
    void receive(
            @PathVariable String provider,
            @PathVariable String source,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String known = webhooks.knows(provider) ? provider : "unknown";
        try {
            var taken = webhooks.take(provider, source, request);
            metrics.answered(Receipt.WEBHOOK, known, taken.outcome());
            write(taken.answer(), response);
        } catch (RuntimeException fault) {
            var problem = fault instanceof KeptException kept ? kept.problem() : Problems.of(fault);
            metrics.answered(Receipt.WEBHOOK, known, problem);
            if (!(fault instanceof KeptException)) {
                keepMetadata(request, provider, source, problem);
            }
            if (problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
                response.setHeader("Allow", webhooks.allowed(provider));
            }
            Problems.write(request, response, problem);
        }
    }

    private static void write(Answer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void keepMetadata(
            HttpServletRequest request, String provider, String source, Problem problem) {
        if (problem.status() >= 500) {
            return;
        }
        var now = clock.instant();
        Optional<SourceConfig> config = webhooks.source(provider, source);
        audit.refused(
                request,
                webhooks.newId(now),
                Receipt.WEBHOOK,
                config.map(SourceConfig::siteId).orElse(null),
                provider,
                source,
                problem,
                Math.max(0, request.getContentLengthLong()),
                now);
    }
}
