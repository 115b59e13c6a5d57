package io.headwater.command.tracking;

import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `POST /track/*`: this is the call that every visitor makes every few seconds. It stands in front
/// of Spring MVC and of the filters that serve it, which would cost a third as much again as the
/// call itself. Blocks on the broker's acknowledgement, on a virtual thread. What pages ask once,
/// `/track/config`, is behind it.
final class TrackingEndpoint extends HttpFilter {

    private static final String CONFIG = "/track/config";

    private final transient TrackingCollector collector;
    private final long maxBody;

    TrackingEndpoint(TrackingCollector collector, long maxBody) {
        this.collector = collector;
        this.maxBody = maxBody;
    }

    /// Answers every other request itself: nothing follows in the chain.
    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getServletPath().equals(CONFIG)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            TrackingCall call = TrackingCall.at(request.getServletPath());
            if (call == null) {
                Problems.write(
                        request, response, ProblemType.NOT_FOUND.with("There is no such call."));
                return;
            }
            if (!request.getMethod().equals("POST")) {
                response.setHeader("Allow", "POST, OPTIONS");
                Problems.write(
                        request,
                        response,
                        ProblemType.METHOD_NOT_ALLOWED.with("Only POST and OPTIONS."));
                return;
            }
            byte[] bytes = BodyReader.readOfPage(request, maxBody);
            var body = Body.parse(request.getContentType(), bytes, Body.ONLY_JSON);
            var answer = collector.collect(call, body.tree(), request);
            response.setHeader("Cache-Control", "no-store");
            Problems.writeJson(response, "application/json", answer);
        } catch (RuntimeException fault) {
            Problem problem = Problems.of(fault);
            collector.refused(problem);
            Problems.write(request, response, problem);
        }
    }
}
