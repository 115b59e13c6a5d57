package io.headwater.query.intake;

import static io.headwater.query.platform.web.ProblemException.notFound;

import io.headwater.query.platform.access.AdminOnly;
import io.headwater.query.platform.paging.Keyset;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The audit of every delivery; admins only, because bodies are whole.
@AdminOnly
@RestController
@RequestMapping("/analytics/webhooks")
@Reads("webhooks")
@Tag(name = "webhooks")
class WebhookController {
    private final WebhookQuery webhooks;

    WebhookController(WebhookQuery webhooks) {
        this.webhooks = webhooks;
    }

    @GetMapping
    @Operation(
            summary = "Deliveries, newest first. Admin only.",
            description =
                    "Of the 30 days that they are kept. Of those that were not authentic there is no"
                            + " body to search in.")
    Paged<WebhookView> list(
            @ParameterObject @ModelAttribute WebhookQuery.Filter filter,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return webhooks.list(filter, Keyset.of(WebhookQuery.ORDERS, null, cursor, limit));
    }

    @GetMapping("/health")
    @Operation(summary = "How the deliveries of each source went in the last seven days.")
    List<WebhookQuery.Health> health() {
        return webhooks.health();
    }

    @GetMapping("/{receiptId}")
    @Reads({"webhooks", "leads"})
    @Operation(
            summary =
                    "One delivery with its headers, redacted body and what became of its submissions."
                            + " Admin only.")
    WebhookQuery.Detail find(@PathVariable String receiptId) {
        return webhooks.find(receiptId).orElseThrow(() -> notFound("delivery"));
    }
}
