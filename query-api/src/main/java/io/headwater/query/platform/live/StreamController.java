package io.headwater.query.platform.live;

import io.headwater.query.platform.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// `GET /analytics/stream`. The request's own virtual thread writes the events as they come, so a
/// client that does not read blocks nobody else.
@RestController
@Tag(name = "live")
class StreamController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final LiveHub hub;
    private final List<LiveFeed> feeds;
    private final LiveSettings settings;

    StreamController(LiveHub hub, List<LiveFeed> feeds, LiveSettings settings) {
        this.hub = hub;
        this.feeds = feeds;
        this.settings = settings;
    }

    @GetMapping("/analytics/stream")
    @Operation(
            summary = "New leads and counters as server-sent events.",
            description =
                    """
                    Read it through fetch: the key travels in a header. Event `counters`: figures, \
                    on change, at most one a second. Event `lead` (admin keys only): a lead as in \
                    /analytics/leads; with its id as Last-Event-ID a new stream begins after it. \
                    A comment comes every 15 s. A client that reads too slowly is cut off and \
                    should come back the same way.\
                    """,
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE)))
    void stream(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @Parameter(hidden = true) HttpServletRequest request,
            HttpServletResponse response) {
        if (request.getMethod().equals("HEAD")) {
            // Nothing that is written to it fails, so it would keep its place for ever.
            EventStreams.headers(response);
            return;
        }
        boolean resumes = lastEventId != null && !lastEventId.isBlank() && caller.isAdmin();
        // Subscribed before looking back: nothing falls between the two.
        Subscription subscription = hub.subscribe(caller);
        try {
            List<LiveEvent> missed = resumes ? missedAfter(String.valueOf(lastEventId)) : List.of();
            EventStreams.headers(response);
            write(response.getOutputStream(), subscription, missed);
        } catch (IOException e) {
            // The client went away, which is how these streams end.
            subscription.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hub.unsubscribe(subscription);
        }
    }

    private void write(OutputStream out, Subscription subscription, List<LiveEvent> missed)
            throws IOException, InterruptedException {
        EventStreams.send(out, "retry: 2000\n: welcome\n\n");
        Set<String> told = new HashSet<>();
        List<LiveEvent> page = missed;
        while (!page.isEmpty() && subscription.isOpen()) {
            for (LiveEvent event : page) {
                if (event.about() == null || told.add(event.about())) {
                    EventStreams.send(out, event.text());
                }
            }
            String last = page.getLast().id();
            page = last == null ? List.of() : missedAfter(last);
        }
        while (subscription.isOpen()) {
            Optional<LiveEvent> event = subscription.next(settings.heartbeat());
            if (event.isEmpty()) {
                EventStreams.send(out, ": still here\n\n");
            } else if (event.get().about() == null || !told.remove(event.get().about())) {
                EventStreams.send(out, event.get().text());
            }
        }
    }

    private List<LiveEvent> missedAfter(String lastEventId) {
        return hub.toldAfter(lastEventId)
                .orElseGet(() ->
                        feeds.stream().flatMap(feed -> feed.after(lastEventId).stream()).toList());
    }
}
