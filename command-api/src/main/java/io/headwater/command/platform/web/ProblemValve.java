package io.headwater.command.platform.web;

import io.headwater.web.TraceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Tomcat's last word on requests that never reach a servlet, for example an unreadable request
/// line. Made by Tomcat by name, so public with a public constructor.
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var type = ProblemType.ofStatus(status);
        try {
            Problems.writeJson(
                    response.getResponse(),
                    Problem.MEDIA_TYPE,
                    new Problem(
                                    type.slug(),
                                    status,
                                    type.title(),
                                    type.title() + ".",
                                    null,
                                    java.util.List.of(),
                                    null)
                            .toDocument(TraceId.of(request.getRequest())));
            response.finishResponse();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
