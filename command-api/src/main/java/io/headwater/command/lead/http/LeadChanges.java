package io.headwater.command.lead.http;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.result.SentCommands;
import io.headwater.command.platform.vault.ErasureSettings;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.IdempotencyKey;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.Stage;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.ChangeLead;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Makes a command of a request, sends it to the lead's partition, and gives the decision its HTTP
/// form.
@Component
final class LeadChanges {

    private static final Pattern LEAD_ID = Pattern.compile("([a-z0-9-]{1,40})_[0-9a-f]{32}");
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?([0-9]{1,18})\"?");

    private final SentCommands commands;
    private final AccessDirectory directory;
    private final Duration usualWait;
    private final ErasureSettings erasure;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    LeadChanges(
            SentCommands commands,
            AccessDirectory directory,
            LeadHttpSettings settings,
            ErasureSettings erasure,
            Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.usualWait = settings.decisionWait();
        this.erasure = erasure;
        this.clock = clock;
    }

    ResponseEntity<Map<String, Object>> answer(
            String leadId, LeadStep step, HttpServletRequest request) {
        return answer(leadId, List.of(step), request);
    }

    /// One after the other; the first that is refused, or not decided in time, is the answer.
    ResponseEntity<Map<String, Object>> answer(
            String leadId, List<LeadStep> steps, HttpServletRequest request) {
        ResponseEntity<Map<String, Object>> answer = null;
        for (int i = 0; i < steps.size(); i++) {
            var command = command(leadId, steps.get(i), i, request);
            answer = send(command, request);
            if (answer.getStatusCode().value() != 200) {
                return answer;
            }
        }
        return Objects.requireNonNull(answer, "no step");
    }

    /// @param index of the step within its request
    private ChangeLead command(
            String leadId, LeadStep step, int index, HttpServletRequest request) {
        var site = site(leadId);
        Instant now = clock.instant();
        String key = IdempotencyKey.of(request);
        String commandId = key == null ? Ids.next(now, random) : idOf(leadId, key + "#" + index);
        var command =
                ChangeLead.newBuilder()
                        .setCommandId("")
                        .setSiteId(site.siteId())
                        .setLeadId(leadId)
                        .setActor(Actor.of(request))
                        .setExpectedVersion(expectedVersion(step, index, request))
                        .setRequestedAt(Instant.EPOCH);
        step.addTo(command, commandId);
        // of what was said, not of when it arrived
        String hash = key == null ? null : hash(command.build() + "\n" + step.at());
        return command.setCommandId(commandId)
                .setRequestHash(hash)
                .setAt(Times.past("at", step.at(), now))
                .setPipeline(stages(site.siteId()))
                .setRequestedAt(now)
                .build();
    }

    /// @throws Refused when there can be no lead of this id
    SiteConfig site(String leadId) {
        var id = LEAD_ID.matcher(leadId);
        if (!id.matches()) {
            throw LifeProblem.UNKNOWN_LEAD.because("There is no lead with this id.");
        }
        return directory
                .siteById(id.group(1))
                .orElseThrow(
                        () -> LifeProblem.UNKNOWN_LEAD.because("There is no lead with this id."));
    }

    List<Stage> stages(String siteId) {
        return Pipelines.of(directory, siteId);
    }

    /// The same for the same parts: a repetition is the same command.
    static String idOf(String leadId, String key) {
        byte[] bytes = (leadId + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(Sha256.of(bytes)).toString();
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Of the first step only: the second follows from it.
    private static @Nullable Long expectedVersion(
            LeadStep step, int index, HttpServletRequest request) {
        String match = request.getHeader("If-Match");
        if (index > 0 || match == null || match.isBlank() || match.strip().equals("*")) {
            return step.expectedVersion();
        }
        var version = VERSION.matcher(match.strip());
        if (!version.matches()) {
            throw new FieldError("If-Match", "must be one version, as in the ETag of an answer")
                    .asException();
        }
        long wanted = Long.parseLong(version.group(1));
        Long told = step.expectedVersion();
        if (told != null && told != wanted) {
            throw new FieldError("expected_version", "is another version than that of If-Match")
                    .asException();
        }
        return wanted;
    }

    /// @throws Refused when a rule says no
    /// @throws io.headwater.command.platform.web.ProblemException 422 when the idempotency key
    ///   belongs to another request
    ResponseEntity<Map<String, Object>> send(ChangeLead command, HttpServletRequest request) {
        var record =
                new ProducerRecord<String, SpecificRecord>(
                        Topics.LEAD_COMMANDS.name(), command.getSiteId(), command);
        var result = commands.send(command.getCommandId(), record, wait(request));
        if (result == null) {
            return pending(command);
        }
        String hash = command.getRequestHash();
        // a result that was made anew from events does not know its request any more
        String known = result.getValues().get("request_hash");
        if (hash != null && known != null && !hash.equals(known)) {
            throw ProblemType.IDEMPOTENCY_KEY_REUSED
                    .with("This idempotency key was used before with another request.")
                    .asException();
        }
        if (!result.getAccepted()) {
            throw refusal(result);
        }
        return decided(result);
    }

    private Duration wait(HttpServletRequest request) {
        var asked = PreferredWait.of(request);
        String prefer = request.getHeader("Prefer");
        boolean async = prefer != null && prefer.contains("respond-async");
        return asked.orElse(async ? Duration.ZERO : usualWait);
    }

    private static Refused refusal(CommandResult result) {
        String code = String.valueOf(result.getCode());
        var reason =
                LifeProblem.of(code).map(LifeProblem::reason).orElse(Refused.Reason.RULE_VIOLATED);
        return new Refused(reason, code, String.valueOf(result.getDetail()));
    }

    private ResponseEntity<Map<String, Object>> decided(CommandResult result) {
        var values = result.getValues();
        var body = new LinkedHashMap<String, Object>();
        body.put("lead_id", values.get("lead_id"));
        body.put("status", values.get("status"));
        body.put("version", result.getSequence());
        body.put("outcome", result.getOutcome());
        if (values.containsKey("survivor_id")) {
            body.put("survivor_id", values.get("survivor_id"));
        }
        String wish = values.get("erase_requested_at");
        if (wish != null) {
            var asked = Instant.parse(wish);
            body.put("erase_requested_at", asked);
            body.put(
                    "forgets_at",
                    erasure.forgetsAt(asked, Boolean.parseBoolean(values.get("erase_at_once"))));
        }
        body.put("command_id", result.getCommandId());
        body.put("decided_at", result.getDecidedAt());
        return ResponseEntity.ok()
                .eTag("\"" + result.getSequence() + "\"")
                .header("Cache-Control", "no-store")
                .body(body);
    }

    private static ResponseEntity<Map<String, Object>> pending(ChangeLead command) {
        String url = "/commands/" + command.getCommandId();
        var body = new LinkedHashMap<String, Object>();
        body.put("lead_id", command.getLeadId());
        body.put("status", "pending");
        body.put("command_id", command.getCommandId());
        body.put("status_url", url);
        return ResponseEntity.accepted()
                .location(URI.create(url))
                .header("Cache-Control", "no-store")
                .body(body);
    }
}
