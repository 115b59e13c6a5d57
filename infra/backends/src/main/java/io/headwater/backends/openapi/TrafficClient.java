package io.headwater.backends.openapi;

import io.headwater.backends.openapi.GeneratedRequests.Call;
import io.headwater.backends.openapi.GeneratedRequests.Operation;
import io.headwater.backends.openapi.TriedApi.Caller;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One of the clients of [GeneratedTraffic]: sends one request after the other, all operations in
/// turn, each as every caller.
final class TrafficClient {

    private static final int MOST_TOLD = 4_000;

    private final int number;
    private final long seed;
    private final TriedApi api;
    private final HttpClient http;
    private final Predicate<@Nullable String> goesOn;
    private final GeneratedRequests requests;
    private final List<Operation> operations;
    private final Map<Integer, Integer> statuses = new HashMap<>();
    private int sent;
    private long kept;
    private long slowestNanos;
    private String slowest = "";

    /// @param goesOn is told of a fault, or null, and says whether to go on
    TrafficClient(
            int number,
            long seed,
            TriedApi api,
            HttpClient http,
            Predicate<@Nullable String> goesOn) {
        this.number = number;
        this.seed = seed;
        this.api = api;
        this.http = http;
        this.goesOn = goesOn;
        this.requests = api.requests(seed);
        this.operations = requests.operations();
    }

    /// Whole rounds: every operation as often as every other.
    void sendUntil(int enough) {
        while (sent < enough) {
            for (var operation : operations) {
                for (Caller caller : api.callers()) {
                    Call call = requests.next(operation);
                    if (api.isSent(caller, call) && !goesOn.test(fault(caller, call))) {
                        return;
                    }
                }
            }
        }
    }

    int sent() {
        return sent;
    }

    /// @return bytes
    long kept() {
        return kept;
    }

    Map<Integer, Integer> statuses() {
        return statuses;
    }

    long slowestNanos() {
        return slowestNanos;
    }

    String slowest() {
        return slowest;
    }

    private @Nullable String fault(Caller caller, Call call) {
        sent++;
        long begin = System.nanoTime();
        Answer answer;
        try {
            answer = answer(caller, call);
        } catch (TimeoutException hangs) {
            return told(caller, call, "no answer within " + api.soon().toSeconds() + " s");
        } catch (ExecutionException broken) {
            return told(caller, call, "no answer: " + broken.getCause());
        }
        long nanos = System.nanoTime() - begin;
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
            slowest = "%d to %s of %s".formatted(answer.status(), call.operation(), caller.name());
        }
        statuses.merge(answer.status(), 1, Integer::sum);
        kept += api.kept(caller, call, answer);
        String wrong;
        try {
            wrong = api.fault(caller, call, answer);
        } catch (RuntimeException unreadable) {
            wrong = "an answer that cannot be read: " + unreadable;
        }
        return wrong == null ? null : told(caller, call, wrong + "\n" + answer);
    }

    /// How to send all of this client again, too: alone, it is the first one of its seed.
    private String told(Caller caller, Call call, String wrong) {
        String text =
                """
                client %d, its request %d, %s: %s
                %s
                again: -Dheadwater.generated-requests.seed=%d -Dheadwater.generated-requests.clients=1\
                 -Dheadwater.generated-requests=%d\
                """
                        .formatted(number, sent, caller.name(), call, cut(wrong), seed, sent);
        return text;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MOST_TOLD, text.length()));
    }

    private Answer answer(Caller caller, Call call) throws TimeoutException, ExecutionException {
        var request =
                HttpRequest.newBuilder(api.at(call.target()))
                        .method(
                                call.operation().method(),
                                HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::setHeader);
        if (!call.contentType().isEmpty()) {
            request.setHeader("Content-Type", call.contentType());
        }
        if (!caller.key().isEmpty()) {
            request.setHeader("X-API-Key", caller.key());
        }
        // A timeout of the request would end with the head of the answer.
        var coming = http.sendAsync(request.build(), TrafficClient::body);
        try {
            var answer = coming.get(api.soon().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            coming.cancel(true);
        }
    }

    private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
        boolean isStream =
                head.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .startsWith("text/event-stream");
        return isStream ? new LeftAlone() : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    /// Hangs up: a stream has no end of its own.
    private static final class LeftAlone implements HttpResponse.BodySubscriber<String> {
        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedFuture("");
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
