package io.headwater.query.platform.forward;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests to another application, in the name of the caller.
final class Forwarder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    private static final String ACTOR = "X-Headwater-Actor";

    /// The other application.
    ///
    /// @param answerLimit longest wait for its answer
    /// @param carried names of headers that the caller's request may carry along
    /// @param unreachable what callers get when it does not answer
    /// @param consolation what they should know then
    record Target(
            String name,
            URI url,
            Duration answerLimit,
            List<String> carried,
            ProblemKind unreachable,
            String consolation) {}

    private final Target target;
    private final HttpClient client;

    Forwarder(Target target) {
        this.target = target;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(target.answerLimit())
                        .build();
    }

    /// @param path and query, from the root of the application
    /// @param body empty: none
    /// @param request whose headers are carried along
    /// @param caller told as who acts; what the request says of that is not passed on
    /// @throws ProblemException when it does not answer
    HttpResponse<byte[]> send(
            String method, String path, byte[] body, HttpServletRequest request, Caller caller) {
        HttpRequest.Builder forwarded =
                HttpRequest.newBuilder(uri(path)).timeout(target.answerLimit());
        forwarded.method(
                method,
                body.length == 0
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : target.carried()) {
            String value = request.getHeader(name);
            if (value != null) {
                forwarded.header(name, value);
            }
        }
        forwarded.header(ACTOR, "key:" + caller.role().word());
        try {
            return client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("application", target.name())
                    .addKeyValue("cause", e.toString())
                    .log("application does not answer");
            throw unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable();
        }
    }

    private ProblemException unreachable() {
        return new ProblemException(target.unreachable(), target.consolation());
    }

    private URI uri(String path) {
        String base = target.url().toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
