package io.headwater.command.access.pages;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.command.platform.web.PageAccess;
import io.headwater.command.platform.web.body.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /forms/config?siteKey=&formId=`: what a page needs to show a form.
@Hidden
@RestController
class FormConfigController {

    private final AccessDirectory directory;
    private final OwnPages pages;

    FormConfigController(AccessDirectory directory, MeterRegistry meters) {
        this.directory = directory;
        this.pages = new OwnPages("forms.config", meters);
    }

    @GetMapping("/forms/config")
    void config(
            @RequestParam(required = false) @Nullable String siteKey,
            @RequestParam(required = false) @Nullable String formId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        pages.answer(
                request,
                response,
                () -> document(PageAccess.require(directory, request, siteKey, formId).form()));
    }

    private static Map<String, Object> document(FormConfig form) {
        var document = new LinkedHashMap<String, Object>();
        document.put("form_id", form.formId());
        document.put("name", form.name());
        document.put("thank_you_url", form.thankYouUrl());
        document.put("form", Json.read(form.formJson()));
        return document;
    }
}
