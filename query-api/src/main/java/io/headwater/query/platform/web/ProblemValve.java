package io.headwater.query.platform.web;

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
        ProblemKind kind = ProblemKind.of(status);
        try {
            Problems.write(
                    new ProblemException(kind, kind.title()),
                    TraceId.of(request.getRequest()),
                    response.getResponse());
            response.setStatus(status);
            response.finishResponse();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
