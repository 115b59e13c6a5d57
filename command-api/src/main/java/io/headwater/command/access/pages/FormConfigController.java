package io.headwater.command.access.pages;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.PageAccess;
import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /forms/config?siteKey=&formId=`: what a page needs to show a form, for pages of the site's
/// own domains only; others get 403 and no CORS header, so that not even the reason is theirs.
@Hidden
@RestController
class FormConfigController {

    /// Changes are seen within this by pages that ask again; an unchanged form costs 304 only.
    private static final String CACHE = "public, max-age=60, must-revalidate";

    private static final Logger log = LoggerFactory.getLogger(FormConfigController.class);

    private final AccessDirectory directory;
    private final MeterRegistry meters;

    FormConfigController(AccessDirectory directory, MeterRegistry meters) {
        this.directory = directory;
        this.meters = meters;
    }

    @GetMapping("/forms/config")
    void config(
            @RequestParam(required = false) @Nullable String siteKey,
            @RequestParam(required = false) @Nullable String formId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setHeader("Vary", "Origin, Referer");
        try {
            var page = PageAccess.require(directory, request, siteKey, formId);
            String origin = request.getHeader("Origin");
            if (origin != null) {
                response.setHeader("Access-Control-Allow-Origin", origin);
            }
            write(page, request, response);
        } catch (ProblemException refused) {
            refuse(refused.problem(), request, response);
        }
    }

    private static void write(
            PageAccess.Page page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var form = page.form();
        var document = new LinkedHashMap<String, Object>();
        document.put("form_id", form.formId());
        document.put("name", form.name());
        document.put("thank_you_url", form.thankYouUrl());
        document.put("form", Json.read(form.formJson()));
        byte[] body = Json.write(document).getBytes(StandardCharsets.UTF_8);
        String tag = EntityTags.of(body);
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", CACHE);
        if (EntityTags.match(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String reason = String.valueOf(problem.reason());
        meters.counter("forms.config.refused", "reason", reason).increment();
        log.atInfo().addKeyValue("reason", reason).log("form configuration refused");
        Problems.write(request, response, problem);
    }
}
