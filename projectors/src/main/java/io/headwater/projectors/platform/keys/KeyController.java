package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Asked by query-api, with an administrator's key: one lead or session as it was, why it is as it
/// is, and its rows put right.
@RestController
@RequestMapping("/keys/{projection}/{key}")
class KeyController {

    private static final Logger log = LoggerFactory.getLogger(KeyController.class);
    private static final String ACTOR = "X-Headwater-Actor";
    private static final Pattern TOLD = Pattern.compile("(user|key):[^\\p{Cntrl}]{1,100}");
    private static final String BEARER = "Bearer ";

    private final KeyOperations operations;
    private final KeySettings settings;

    KeyController(KeyOperations operations, KeySettings settings) {
        this.operations = operations;
        this.settings = settings;
    }

    /// Before every handler, in constant time.
    @ModelAttribute
    void requireAdmin(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String presented =
                authorization != null && authorization.startsWith(BEARER)
                        ? authorization.substring(BEARER.length())
                        : request.getHeader("X-API-Key");
        if (presented == null
                || settings.adminApiKey().isEmpty()
                || !MessageDigest.isEqual(
                        settings.adminApiKey().getBytes(StandardCharsets.UTF_8),
                        presented.strip().getBytes(StandardCharsets.UTF_8))) {
            throw new KeyRefusal(Reason.UNAUTHENTICATED, "an administrator's key is needed");
        }
    }

    /// @param asOf instant in ISO 8601
    @GetMapping("/as-of")
    KeyAnswers.AsOf asOf(
            @PathVariable String projection,
            @PathVariable String key,
            @RequestParam("at") String asOf)
            throws SQLException {
        Instant at;
        try {
            at = Instant.parse(asOf);
        } catch (DateTimeParseException unreadable) {
            throw new KeyRefusal(
                    Reason.INVALID_PARAMETER, "at must be an instant as 2026-11-20T12:00:00Z");
        }
        return operations.asOf(projection, key, at);
    }

    @GetMapping("/explain")
    KeyAnswers.Explained explain(@PathVariable String projection, @PathVariable String key)
            throws SQLException {
        return operations.explain(projection, key);
    }

    @PostMapping("/rebuild")
    KeyAnswers.Rebuilt rebuild(
            @PathVariable String projection,
            @PathVariable String key,
            @RequestHeader(value = ACTOR, required = false) @Nullable String actor)
            throws SQLException {
        String told = actor != null && TOLD.matcher(actor).matches() ? actor : "key:admin";
        return operations.rebuild(projection, key, told);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(KeyRefusal refusal) {
        return problem(refusal);
    }

    @ExceptionHandler({SQLException.class, DataAccessException.class, KafkaException.class})
    ResponseEntity<ProblemDetail> away(Exception failure) {
        log.atWarn()
                .addKeyValue("cause", failure.getClass().getSimpleName())
                .addKeyValue("reason", failure.getMessage())
                .log("a request about a key failed");
        return problem(
                new KeyRefusal(
                        Reason.NOT_READY,
                        failure instanceof KafkaException
                                ? "Kafka does not answer"
                                : "Postgres does not answer, or holds the rows for somebody else"));
    }

    private static ResponseEntity<ProblemDetail> problem(KeyRefusal refusal) {
        var reason = refusal.reason();
        var problem = ProblemDetail.forStatusAndDetail(reason.status(), refusal.detail());
        problem.setType(java.net.URI.create(reason.type()));
        problem.setTitle(reason.title());
        problem.setProperties(Map.of("error", refusal.detail()));
        return ResponseEntity.status(reason.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
