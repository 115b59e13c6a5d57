package io.headwater.command.intake.webhook;

import io.headwater.command.intake.IntakeMetrics;
import io.headwater.command.intake.KeptException;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/// `/webhooks/{provider}/{source}`: 200 once everything is durable; a business refusal is 200 too,
/// for providers switch hooks off that answer otherwise. Deliveries come by POST, some old ones by
/// GET; handshakes by GET or OPTIONS.
///
/// It stands in front of Spring MVC and of the filters that serve it, as tracking does: they cost a
/// fifth of what a delivery costs here. What is not of this form goes on to them.
final class WebhookEndpoint extends HttpFilter {

    static final String ROOT = "/webhooks/";

    /// Our own CRM calls have the same root.
    private static final String CRM = ROOT + "crm/";

    private final transient Webhooks webhooks;
    private final transient RequestAudit audit;
    private final transient IntakeMetrics metrics;
    private final transient Clock clock;

    WebhookEndpoint(Webhooks webhooks, RequestAudit audit, IntakeMetrics metrics, Clock clock) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        int slash = path.indexOf('/', ROOT.length());
        boolean named =
                path.startsWith(ROOT)
                        && slash > ROOT.length()
                        && slash < path.length() - 1
                        && path.indexOf('/', slash + 1) < 0;
        if (named && !path.startsWith(CRM)) {
            receive(
                    path.substring(ROOT.length(), slash),
                    path.substring(slash + 1),
                    request,
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void receive(
            String provider,
            String source,
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
