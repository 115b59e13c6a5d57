package io.headwater.command.lead.http;

import io.headwater.command.platform.web.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What people do with a lead. Each answers the decision, or 202 with the URL of its status; an
/// illegal one is 409 with the name of the rule.
@RestController
@RequestMapping("/analytics/leads/{id}")
@Tag(name = "leads", description = "The life of a lead; see docs/leads.md")
final class LeadActionController {

    private static final Set<String> PATCHED =
            Set.of("status", "assignee", "team", "reason", "at", "expected_version");

    private final LeadChanges changes;

    LeadActionController(LeadChanges changes) {
        this.changes = changes;
    }

    @PostMapping("/move")
    @Operation(summary = "To another stage of the site's pipeline.")
    ResponseEntity<Map<String, Object>> move(
            @PathVariable String id, @Valid @RequestBody LeadStep.Move step, HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/assign")
    @Operation(summary = "To somebody, or with no assignee to nobody.")
    ResponseEntity<Map<String, Object>> assign(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Assign step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/contact")
    @Operation(summary = "An attempt to reach the person; the first one is the speed to lead.")
    ResponseEntity<Map<String, Object>> contact(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Contact step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/appointment")
    @Operation(summary = "Booked, rescheduled, cancelled, shown, no-show or that withdrawn.")
    ResponseEntity<Map<String, Object>> appointment(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Appointment step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/quote")
    @Operation(summary = "A price was offered.")
    ResponseEntity<Map<String, Object>> quote(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Quote step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/win")
    @Operation(summary = "The lead bought.")
    ResponseEntity<Map<String, Object>> win(
            @PathVariable String id, @Valid @RequestBody LeadStep.Win step, HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/lose")
    @Operation(summary = "The lead will not buy.")
    ResponseEntity<Map<String, Object>> lose(
            @PathVariable String id, @Valid @RequestBody LeadStep.Lose step, HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/return")
    @Operation(summary = "The lead goes back to its provider.")
    ResponseEntity<Map<String, Object>> giveBack(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Return step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/reopen")
    @Operation(summary = "Takes back that the lead was won, lost or returned.")
    ResponseEntity<Map<String, Object>> reopen(
            @PathVariable String id,
            @Valid @RequestBody(required = false) LeadStep.@Nullable Reopen step,
            HttpServletRequest r) {
        return changes.answer(
                id, step == null ? new LeadStep.Reopen(null, null, null, null) : step, r);
    }

    @PostMapping("/refund")
    @Operation(summary = "Money went back, or did not after all.")
    ResponseEntity<Map<String, Object>> refund(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Refund step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/merge")
    @Operation(summary = "The lead is the same person as another one, which goes on.")
    ResponseEntity<Map<String, Object>> merge(
            @PathVariable String id,
            @Valid @RequestBody LeadStep.Merge step,
            HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/unmerge")
    @Operation(summary = "Undoes the merge: the lead is its own again.")
    ResponseEntity<Map<String, Object>> unmerge(
            @PathVariable String id,
            @Valid @RequestBody(required = false) LeadStep.@Nullable Unmerge step,
            HttpServletRequest r) {
        return changes.answer(id, step == null ? new LeadStep.Unmerge(null, null, null) : step, r);
    }

    @PostMapping("/note")
    @Operation(summary = "A note about the lead.")
    ResponseEntity<Map<String, Object>> note(
            @PathVariable String id, @Valid @RequestBody LeadStep.Note step, HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/crm")
    @Operation(summary = "The CRM's id of the lead.")
    ResponseEntity<Map<String, Object>> crm(
            @PathVariable String id, @Valid @RequestBody LeadStep.Crm step, HttpServletRequest r) {
        return changes.answer(id, step, r);
    }

    @PostMapping("/consents/withdraw")
    @Operation(summary = "The person agrees no longer: for some purposes or, with none named, all.")
    ResponseEntity<Map<String, Object>> withdraw(
            @PathVariable String id,
            @Valid @RequestBody(required = false) LeadStep.@Nullable Withdraw step,
            HttpServletRequest r) {
        return changes.answer(
                id, step == null ? new LeadStep.Withdraw(null, null, null, null, null) : step, r);
    }

    @PostMapping("/erase")
    @Operation(
            summary =
                    "The person asked to be forgotten: all leads that are known to be them. Until forgets_at it can be withdrawn.")
    ResponseEntity<Map<String, Object>> erase(
            @PathVariable String id,
            @Valid @RequestBody(required = false) LeadStep.@Nullable Erase step,
            HttpServletRequest r) {
        return changes.answer(id, step == null ? new LeadStep.Erase(null, null, null) : step, r);
    }

    @PostMapping("/withdraw-erasure")
    @Operation(summary = "The person is not to be forgotten after all.")
    ResponseEntity<Map<String, Object>> withdrawErasure(
            @PathVariable String id,
            @Valid @RequestBody(required = false) LeadStep.@Nullable WithdrawErasure step,
            HttpServletRequest r) {
        return changes.answer(
                id, step == null ? new LeadStep.WithdrawErasure(null, null, null) : step, r);
    }

    /// Two decisions when both are given: the stage first, for it may be refused.
    @PatchMapping
    @Operation(summary = "Its status, its assignee and team; a member that is missing stays.")
    ResponseEntity<Map<String, Object>> patch(
            @PathVariable String id,
            @RequestBody Map<String, @Nullable Object> body,
            HttpServletRequest r) {
        var errors = new ArrayList<FieldError>();
        body.keySet().stream()
                .filter(name -> !PATCHED.contains(name))
                .sorted()
                .forEach(name -> errors.add(new FieldError(name, "cannot be changed")));
        String status = text(body, "status", 40, errors);
        String assignee = text(body, "assignee", 100, errors);
        String team = text(body, "team", 100, errors);
        String reason = text(body, "reason", 500, errors);
        String at = text(body, "at", 40, errors);
        Long version = version(body, errors);
        boolean assigns = body.containsKey("assignee");
        if (body.containsKey("status") && status == null && errors.isEmpty()) {
            errors.add(new FieldError("status", "must not be empty"));
        }
        if (body.containsKey("team") && !assigns) {
            errors.add(new FieldError("assignee", "is required with a team"));
        }
        if (status == null && !assigns && errors.isEmpty()) {
            errors.add(new FieldError("status", "is required, or assignee"));
        }
        if (!errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
        var assign = new LeadStep.Assign(assignee, team, at, status == null ? version : null);
        if (status == null) {
            return changes.answer(id, assign, r);
        }
        var move = new LeadStep.Move(status, reason, at, version);
        return assigns ? changes.answer(id, List.of(move, assign), r) : changes.answer(id, move, r);
    }

    private static @Nullable String text(
            Map<String, @Nullable Object> body, String name, int limit, List<FieldError> errors) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value);
        if (!(value instanceof String) && !(value instanceof Number && name.equals("at"))) {
            errors.add(new FieldError(name, "must be text"));
        } else if (text.isBlank() || text.length() > limit) {
            errors.add(new FieldError(name, "must have 1 to " + limit + " characters"));
        }
        return text;
    }

    private static @Nullable Long version(
            Map<String, @Nullable Object> body, List<FieldError> errors) {
        Object value = body.get("expected_version");
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value != null) {
            errors.add(new FieldError("expected_version", "must be a whole number"));
        }
        return null;
    }
}
