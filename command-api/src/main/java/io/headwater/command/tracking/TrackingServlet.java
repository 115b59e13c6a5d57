package io.headwater.command.tracking;

import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `POST /track/*`, outside Spring MVC: this is the path that every visitor takes every few
/// seconds, and what MVC does per request costs a quarter of it. Blocks on the broker's
/// acknowledgement, on a virtual thread.
final class TrackingServlet extends HttpServlet {

    private final transient TrackingCollector collector;
    private final long maxBody;

    TrackingServlet(TrackingCollector collector, long maxBody) {
        this.collector = collector;
        this.maxBody = maxBody;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            TrackingCall call = TrackingCall.at(request.getPathInfo());
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
            byte[] bytes = BodyReader.read(request, maxBody);
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
