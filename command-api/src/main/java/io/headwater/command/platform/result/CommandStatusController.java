package io.headwater.command.platform.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.Refused;
import io.headwater.events.command.CommandResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What became of a command: for who was told 202 and for who lost the answer. Ids are unguessable;
/// the answer holds ids only.
@RestController
final class CommandStatusController {

    /// Not `first_outcome` and such, which would tell a robot that it was caught.
    private static final String[] SHOWN = {
        "lead_id",
        "status",
        "version",
        "survivor_id",
        "submission_id",
        "fact_id",
        "site_id",
        "form_id",
        "integration_id",
        "source_id",
        "domain_id"
    };

    private final KafkaCommandResults results;
    private final Clock clock;

    CommandStatusController(KafkaCommandResults results, Clock clock) {
        this.results = results;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommandStatus(
            @JsonProperty("command_id") String commandId,
            String status,
            @Nullable String outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable Map<String, String> values,
            @JsonProperty("decided_at") @Nullable Instant decidedAt) {}

    @GetMapping("/commands/{id}")
    ResponseEntity<CommandStatus> status(@PathVariable String id) {
        var status =
                results.find(id).map(CommandStatusController::decided).orElseGet(() -> pending(id));
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(status);
    }

    private CommandStatus pending(String id) {
        if (!results.pending(id, clock.instant())) {
            throw new Refused(
                    Refused.Reason.UNKNOWN,
                    "unknown-command",
                    "No command with this id was sent or decided within the last hour.");
        }
        return new CommandStatus(id, "pending", null, null, null, null, null);
    }

    private static CommandStatus decided(CommandResult result) {
        var values = new TreeMap<String, String>();
        for (String name : SHOWN) {
            String value = result.getValues().get(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        boolean blocked = result.getOutcome().equals("blocked");
        boolean refusedBefore = "refused".equals(result.getValues().get("first_outcome"));
        return new CommandStatus(
                result.getCommandId(),
                "decided",
                blocked ? "accepted" : refusedBefore ? "refused" : result.getOutcome(),
                blocked
                        ? null
                        : refusedBefore ? result.getValues().get("first_code") : result.getCode(),
                blocked ? null : result.getDetail(),
                values,
                result.getDecidedAt());
    }
}
