package io.headwater.command.suppression;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.contact.KafkaSuppressions;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.vault.Vault;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.suppression.ContactsSuppressed;
import io.headwater.events.suppression.ContactsUnsuppressed;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import io.headwater.vault.BlindIndex;
import io.headwater.vault.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Lists of who must not be contacted. Of a line only its keyed hash is kept; nobody can read a
/// list, but ask whether something is on it.
@RestController
@RequestMapping("/admin/suppressions")
@Tag(name = "suppressions", description = "Who must not be contacted; see docs/consent.md")
final class SuppressionController {

    private static final String SLUG = "[a-z0-9][a-z0-9_-]{0,59}";
    private static final int MOST_LINES = 10_000;
    private static final int MOST_TOLD = 100;

    private final FactLog log;
    private final KafkaSuppressions suppressions;
    private final AccessDirectory directory;
    private final Contacts contacts;
    private final BlindIndex index;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SuppressionController(
            FactLog log,
            KafkaSuppressions suppressions,
            AccessDirectory directory,
            Contacts contacts,
            Vault vault,
            Clock clock) {
        this.log = log;
        this.suppressions = suppressions;
        this.directory = directory;
        this.contacts = contacts;
        this.index = new BlindIndex(site -> vault.keys().of(new Owner(BlindIndex.PURPOSE, site)));
        this.clock = clock;
    }

    /// @param siteId null: of all sites
    /// @param entries addresses, numbers, domains, or their SHA-256
    /// @param country of numbers without its code
    /// @param expiresAt ISO 8601 or Unix; null: for ever
    record Wish(
            @NotNull @Pattern(regexp = SLUG) String list,
            @JsonProperty("site_id") @Nullable String siteId,
            @NotEmpty @Size(max = MOST_LINES) List<@NotNull @Size(max = 300) String> entries,
            @Nullable @Size(max = 60) String country,
            @Nullable @Size(max = 500) String reason,
            @JsonProperty("expires_at") @Nullable String expiresAt) {}

    /// @param siteId whose lists, beside those of all sites; null: those of all only
    record Question(
            @JsonProperty("site_id") @Nullable String siteId,
            @NotEmpty @Size(max = 1_000) List<@NotNull @Size(max = 300) String> entries,
            @Nullable @Size(max = 60) String country) {}

    /// What was read of a request.
    private record Lines(List<String> names, List<Map<String, Object>> wrong, int wrongLines) {}

    @GetMapping
    @Operation(summary = "All lists, and how many are on each; those that are over included.")
    List<KafkaSuppressions.Size> lists() {
        suppressions.awaitNow();
        return suppressions.sizes();
    }

    @PostMapping
    @Operation(
            summary =
                    "Puts addresses, numbers, domains or their SHA-256 on a list; a line that is none is told.")
    Map<String, Object> add(@Valid @RequestBody Wish wish, HttpServletRequest request) {
        requireSite(wish.siteId());
        Instant now = now();
        Instant expires = expiry(wish.expiresAt(), now);
        var lines = lines(wish);
        if (!lines.names().isEmpty()) {
            append(
                    wish.siteId(),
                    wish.list(),
                    new ContactsSuppressed(
                            Ids.next(now, random),
                            wish.siteId(),
                            wish.list(),
                            lines.names(),
                            index.keyId(Suppressions.ANY_SITE),
                            Text.field(wish.reason(), 500),
                            expires,
                            Actor.of(request),
                            now));
        }
        return answer(wish, "added", lines);
    }

    @PostMapping("/remove")
    @Operation(summary = "Takes them off a list again.")
    Map<String, Object> remove(@Valid @RequestBody Wish wish, HttpServletRequest request) {
        requireSite(wish.siteId());
        Instant now = now();
        var lines = lines(wish);
        if (!lines.names().isEmpty()) {
            append(
                    wish.siteId(),
                    wish.list(),
                    new ContactsUnsuppressed(
                            Ids.next(now, random),
                            wish.siteId(),
                            wish.list(),
                            lines.names(),
                            index.keyId(Suppressions.ANY_SITE),
                            Actor.of(request),
                            now));
        }
        return answer(wish, "removed", lines);
    }

    /// @param siteId null: of all sites
    record Whole(
            @NotNull @Pattern(regexp = SLUG) String list,
            @JsonProperty("site_id") @Nullable String siteId) {}

    @PostMapping("/clear")
    @Operation(summary = "Takes everybody off a list.")
    Map<String, Object> clear(@Valid @RequestBody Whole whole, HttpServletRequest request) {
        requireSite(whole.siteId());
        Instant now = now();
        append(
                whole.siteId(),
                whole.list(),
                new ContactsUnsuppressed(
                        Ids.next(now, random),
                        whole.siteId(),
                        whole.list(),
                        List.of(),
                        index.keyId(Suppressions.ANY_SITE),
                        Actor.of(request),
                        now));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("list", whole.list());
        answer.put("site_id", whole.siteId());
        return answer;
    }

    @PostMapping("/check")
    @Operation(summary = "Which lists each of them is on now, by its place in the question.")
    List<Map<String, Object>> check(@Valid @RequestBody Question question) {
        requireSite(question.siteId());
        suppressions.awaitNow();
        String site = question.siteId() == null ? Suppressions.ANY_SITE : question.siteId();
        var answers = new ArrayList<Map<String, Object>>();
        for (String text : question.entries()) {
            var line = Line.of(contacts, text, question.country());
            var answer = new LinkedHashMap<String, Object>();
            if (line.wrong() != null) {
                answer.put("wrong", line.wrong());
            } else {
                var found = suppressions.find(site, line.found().stream().map(this::name).toList());
                answer.put("suppressed", !found.isEmpty());
                answer.put("lists", found.stream().map(SuppressionController::view).toList());
            }
            answers.add(answer);
        }
        return answers;
    }

    private Lines lines(Wish wish) {
        var names = new ArrayList<String>();
        var wrong = new ArrayList<Map<String, Object>>();
        int wrongLines = 0;
        for (int i = 0; i < wish.entries().size(); i++) {
            var line = Line.of(contacts, wish.entries().get(i), wish.country());
            String hash = line.hash();
            if (hash != null) {
                names.add(name(hash));
            } else if (wrongLines++ < MOST_TOLD) {
                wrong.add(Map.of("entry", i, "message", String.valueOf(line.wrong())));
            }
        }
        return new Lines(names, wrong, wrongLines);
    }

    private String name(String hash) {
        return index.name(Suppressions.ANY_SITE, hash);
    }

    private static Map<String, Object> answer(Wish wish, String what, Lines lines) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("list", wish.list());
        answer.put("site_id", wish.siteId());
        answer.put(what, lines.names().size());
        answer.put("wrong", lines.wrongLines());
        answer.put("errors", lines.wrong());
        return answer;
    }

    private static Map<String, Object> view(KafkaSuppressions.Found found) {
        var view = new LinkedHashMap<String, Object>();
        view.put("list", found.list());
        view.put("site_id", found.siteId());
        view.put("reason", found.reason());
        view.put("since", found.since());
        view.put("expires_at", found.expiresAt());
        return view;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant expiry(@Nullable String told, Instant now) {
        Instant at = Timestamps.parse(told);
        if (told != null && (at == null || !at.isAfter(now))) {
            throw new FieldError("expires_at", "must be a time ahead").asException();
        }
        return at;
    }

    private void requireSite(@Nullable String siteId) {
        Problems.requireReady(directory);
        if (siteId != null && !directory.isSite(siteId)) {
            throw new FieldError("site_id", "must be the id of a site").asException();
        }
    }

    private void append(@Nullable String siteId, String list, SpecificRecord event) {
        String site = siteId == null ? Suppressions.ANY_SITE : siteId;
        log.appendAndWait(
                new ProducerRecord<>(Topics.SUPPRESSION_EVENTS.name(), site + "/" + list, event));
    }
}
