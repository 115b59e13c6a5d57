package io.headwater.command.access.pages;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.PageAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /track/config?siteKey=`: what the tracker of a page is to do.
@Hidden
@RestController
class TrackConfigController {

    private final AccessDirectory directory;
    private final OwnPages pages;

    TrackConfigController(AccessDirectory directory, MeterRegistry meters) {
        this.directory = directory;
        this.pages = new OwnPages("track.config", meters);
    }

    @GetMapping("/track/config")
    void config(
            @RequestParam(required = false) @Nullable String siteKey,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        pages.answer(
                request,
                response,
                () -> {
                    var site = PageAccess.requireSite(directory, request, siteKey);
                    return Map.of("recordSession", site.settings().recordSessions());
                });
    }
}
