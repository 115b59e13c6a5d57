package io.headwater.query.platform.forward;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Passes a request on to command-api and its answer back, both unchanged.
@Component
public class CommandApi implements DisposableBean {
    /// What the caller's request may carry along.
    private static final List<String> SENT =
            List.of(
                    "Authorization",
                    "X-API-Key",
                    "Content-Type",
                    "Accept",
                    "Idempotency-Key",
                    "If-Match",
                    "Prefer",
                    "traceparent");

    /// Of one connection only (RFC 9110, 7.6.1), or set anew on ours.
    private static final Set<String> NOT_RETURNED =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "date",
                    "vary",
                    "access-control-allow-origin",
                    "access-control-allow-credentials",
                    "access-control-expose-headers");

    private final CommandApiSettings settings;
    private final Forwarder forwarder;

    CommandApi(CommandApiSettings settings) {
        this.settings = settings;
        this.forwarder =
                new Forwarder(
                        new Forwarder.Target(
                                "command-api",
                                settings.url(),
                                settings.answerLimit(),
                                SENT,
                                ProblemKind.COMMAND_API_UNAVAILABLE,
                                "the request may or may not have been handled; look before sending"
                                        + " it again"));
    }

    /// @param caller told to command-api as who acts; what the request says of that is not passed
    ///   on
    public ResponseEntity<byte[]> forward(HttpServletRequest request, Caller caller)
            throws IOException {
        String query = request.getQueryString();
        return send(
                request.getMethod(),
                request.getRequestURI() + (query == null ? "" : "?" + query),
                body(request),
                request,
                caller);
    }

    /// Another request than the one that came, with its headers.
    ///
    /// @param target path and query at command-api
    public ResponseEntity<byte[]> send(
            String method, String target, byte[] body, HttpServletRequest request, Caller caller) {
        return answer(forwarder.send(method, target, body, request, caller));
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        int most = Math.toIntExact(settings.largestBody().toBytes());
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new ProblemException(
                    ProblemKind.BODY_TOO_LARGE, "at most " + most + " bytes are forwarded");
        }
        return body;
    }

    private static ResponseEntity<byte[]> answer(HttpResponse<byte[]> response) {
        var headers = new HttpHeaders();
        response.headers()
                .map()
                .forEach((name, values) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (!NOT_RETURNED.contains(lower) && !lower.startsWith(":")) {
                        values.forEach(value -> headers.add(name, value));
                    }
                });
        return ResponseEntity.status(response.statusCode()).headers(headers).body(response.body());
    }

    @Override
    public void destroy() {
        forwarder.close();
    }
}
