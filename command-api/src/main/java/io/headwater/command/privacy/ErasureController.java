package io.headwater.command.privacy;

import io.headwater.command.platform.vault.Vault;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.vault.Erasures.Job;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// How far people are forgotten. Asked for is it by `POST /analytics/leads/{id}/erase`, or by a
/// provider; while the vault is away the answer is 503.
@RestController
@RequestMapping("/admin/erasures")
@Tag(name = "privacy", description = "People who are forgotten; see docs/erasure.md")
final class ErasureController {

    private static final int MOST = 500;

    private final Vault vault;

    ErasureController(Vault vault) {
        this.vault = vault;
    }

    @GetMapping
    @Operation(summary = "Leads that were asked to be forgotten, the newest 500 first.")
    List<Map<String, Object>> list() {
        return vault.erasures().newest(MOST).stream().map(ErasureController::view).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "How far one lead is forgotten: what was done, when, and to how much.")
    Map<String, Object> read(@PathVariable String id) {
        return vault.erasures()
                .find(id)
                .map(ErasureController::view)
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND
                                .with("Nobody asked for this lead to be forgotten.")
                                .asException());
    }

    private static Map<String, Object> view(Job job) {
        var view = new LinkedHashMap<String, Object>();
        view.put("lead_id", job.leadId());
        view.put("site_id", job.siteId());
        view.put("state", job.state().name().toLowerCase(Locale.ROOT));
        view.put("cause", job.cause());
        view.put("actor", job.actor());
        view.put("requested_at", job.requestedAt());
        view.put("forgotten_at", job.forgottenAt());
        view.put("destroyed_at", job.destroyedAt());
        view.put("done_at", job.doneAt());
        view.put("keys", job.keys());
        view.put("rows", job.steps());
        return view;
    }
}
