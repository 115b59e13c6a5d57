package io.headwater.command.intake.webhook;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Dry run of a delivery: the leads it would make, or why not. The body is the provider's, of any
/// content type; headers count as the provider's, with `X-Delivery-` before a name that is ours.
@Hidden
@RestController
final class SourcePreviewController {

    private final SourcePreview preview;

    SourcePreviewController(SourcePreview preview) {
        this.preview = preview;
    }

    @PostMapping("/admin/sources/{source}/preview")
    Map<String, Object> preview(@PathVariable String source, HttpServletRequest request) {
        return preview.of(source, request);
    }
}
