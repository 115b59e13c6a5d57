package io.headwater.command.lead.http;

import io.headwater.command.platform.contact.ContactCheck;
import io.headwater.command.platform.contact.Contactable;
import io.headwater.command.platform.contact.Purposes;
import io.headwater.command.platform.web.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// May a person be contacted? For whoever contacts them from elsewhere; see docs/consent.md.
@RestController
@Tag(name = "leads", description = "The life of a lead; see docs/leads.md")
final class ContactController {

    private final ContactCheck check;

    ContactController(ContactCheck check) {
        this.check = check;
    }

    @GetMapping("/analytics/leads/{id}/contactable")
    @Operation(summary = "May the person be contacted now, for one purpose? Without a word, no.")
    ResponseEntity<Map<String, Object>> contactable(
            @PathVariable String id, @RequestParam String purpose) {
        var meant = Purposes.of(List.of(purpose));
        if (meant.size() != 1) {
            throw new FieldError("purpose", "must be one purpose, for example sms").asException();
        }
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(view(check.of(id, meant.getFirst())));
    }

    private static Map<String, Object> view(Contactable contactable) {
        var view = new LinkedHashMap<String, Object>();
        view.put("lead_id", contactable.leadId());
        if (contactable.survivorId() != null) {
            view.put("survivor_id", contactable.survivorId());
        }
        view.put("purpose", contactable.purpose());
        view.put("allowed", contactable.allowed());
        view.put("reasons", contactable.reasons().stream().map(Contactable.Reason::word).toList());
        if (!contactable.lists().isEmpty()) {
            view.put("lists", contactable.lists());
        }
        var consent = contactable.consent();
        if (consent != null) {
            view.put(
                    "consent",
                    Map.of(
                            "answer", consent.answer(),
                            "at", consent.at(),
                            "told_by", consent.toldBy()));
        }
        view.put("checked_at", contactable.checkedAt());
        return view;
    }
}
