package io.headwater.query.projection;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.live.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `GET /api/projections/{name}/stream`.
@RestController
@Tag(name = "operation")
class ProgressController {
    /// As often as projectors report.
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final EventStreams streams;
    private final GenerationQuery generations;
    private final ProgressMeter meter;
    private final JsonMapper json;

    ProgressController(
            EventStreams streams,
            GenerationQuery generations,
            ProgressMeter meter,
            JsonMapper json) {
        this.streams = streams;
        this.generations = generations;
        this.meter = meter;
        this.json = json;
    }

    @AdminOnly
    @GetMapping("/api/projections/{name}/stream")
    @Operation(
            summary = "Progress of the generations of a projection as server-sent events.",
            description =
                    """
                    Event `generation`: each that is not gone at the begin, each change after that, \
                    and about once a second those that are on their way or being dropped. Read it \
                    through fetch: the key travels in a header. A comment comes every 15 s when \
                    nothing happens. Nothing is missed by coming back: a stream begins with how \
                    all stands.\
                    """,
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    ProgressFeed.ProgressView
                                                                            .class))))
    void stream(
            @PathVariable String name,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request,
            HttpServletResponse response) {
        streams.serve(
                caller, request, response, EVERY, new ProgressFeed(name, generations, meter, json));
    }
}
