package io.headwater.query.platform.live;

import io.headwater.query.platform.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Endless answers of features whose events are looked up, not told: they count among the streams
/// of [LiveHub] and end with them.
@Component
public class EventStreams {
    private final LiveHub hub;
    private final LiveSettings settings;

    EventStreams(LiveHub hub, LiveSettings settings) {
        this.hub = hub;
        this.settings = settings;
    }

    /// What one client has not been told yet.
    @FunctionalInterface
    public interface Source {

        /// Called by the thread of the request; may find nothing.
        List<LiveEvent> next();
    }

    /// Returns when the client left or the application stops.
    ///
    /// @param every pause between two looks
    /// @param source what it throws at the first look is the answer; later, a database that is away
    ///   is asked again
    public void serve(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            Duration every,
            Source source) {
        if (request.getMethod().equals("HEAD")) {
            // Nothing that is written to it fails, so it would keep its place for ever.
            headers(response);
            return;
        }
        Subscription subscription = hub.reserve(caller);
        try {
            List<LiveEvent> first = source.next();
            headers(response);
            OutputStream out = response.getOutputStream();
            send(out, "retry: 2000\n: welcome\n\n");
            write(out, subscription, first, every, source);
        } catch (IOException e) {
            // The client went away, which is how these streams end.
            subscription.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hub.unsubscribe(subscription);
        }
    }

    private void write(
            OutputStream out,
            Subscription subscription,
            List<LiveEvent> first,
            Duration every,
            Source source)
            throws IOException, InterruptedException {
        List<LiveEvent> events = first;
        long quietSince = System.nanoTime();
        while (subscription.isOpen()) {
            for (LiveEvent event : events) {
                send(out, event.text());
            }
            if (!events.isEmpty()) {
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince >= settings.heartbeat().toNanos()) {
                send(out, ": still here\n\n");
                quietSince = System.nanoTime();
            }
            subscription.next(every);
            events = subscription.isOpen() ? look(source) : List.of();
        }
    }

    private static List<LiveEvent> look(Source source) {
        try {
            return source.next();
        } catch (DataAccessException e) {
            // Postgres is away; the stream stays, and the heartbeat tells a client that left.
            return List.of();
        }
    }

    static void headers(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // Proxies that collect answers let this one through.
        response.setHeader("X-Accel-Buffering", "no");
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
