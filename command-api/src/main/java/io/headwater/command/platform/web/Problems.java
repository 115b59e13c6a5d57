package io.headwater.command.platform.web;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.command.platform.postgres.OpsUnavailableException;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import io.headwater.web.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/// Writes problems to responses, for controllers, servlets, filters and the container alike.
public final class Problems {

    /// What a caller waits before it asks again while something is away.
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// Until the configuration is read.
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /// Before it was read, everything looks as if it did not exist.
    ///
    /// @throws ProblemException 503 until then
    public static void requireReady(AccessDirectory directory) {
        if (!directory.ready()) {
            throw ProblemType.NOT_READY
                    .with("The configuration is still being read.")
                    .retryAfter(SOON)
                    .asException();
        }
    }

    /// 503 for what the log did not confirm in time, whether it was written or not.
    ///
    /// @param then what that means to the caller, in a sentence
    public static Problem unconfirmed(String then) {
        return ProblemType.LOG_UNAVAILABLE
                .with("The log did not confirm. " + then)
                .retryAfter(RETRY_AFTER);
    }

    /// @return the problem that stands for what went wrong; only an unexpected fault is logged
    public static Problem of(Throwable fault) {
        return switch (fault) {
            case ProblemException known -> known.problem();
            case Refused refused -> ofRefusal(refused);
            case LogUnavailableException _ ->
                    unconfirmed("It may have been stored all the same; send it again.");
            case OpsUnavailableException _,
                    DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    CannotCreateTransactionException _ ->
                    ProblemType.POSTGRES_UNAVAILABLE
                            .with("What this needs is kept in Postgres, which does not answer.")
                            .retryAfter(RETRY_AFTER);
            case VaultUnavailableException _ ->
                    ProblemType.VAULT_UNAVAILABLE
                            .with("The key that this needs is in the vault, which does not answer.")
                            .retryAfter(RETRY_AFTER);
            case AbsentKeyException _, BrokenSealException _, VaultRefusedException _ -> {
                log.atError().addKeyValue("reason", fault.getMessage()).log("cannot be opened");
                yield ProblemType.VAULT_UNAVAILABLE
                        .with("A secret that this needs cannot be opened; an operator is told.")
                        .retryAfter(RETRY_AFTER);
            }
            case InvalidParameterException _ ->
                    ProblemType.BAD_REQUEST.with("The query string is not valid UTF-8.");
            case UnreadableBodyException unreadable ->
                    ProblemType.MALFORMED_BODY.with(sentence(unreadable));
            case UnsupportedBodyException unsupported ->
                    ProblemType.UNSUPPORTED_MEDIA_TYPE.with(sentence(unsupported));
            default -> {
                log.atError().setCause(fault).log("request failed");
                yield ProblemType.INTERNAL_ERROR.with("The request could not be handled.");
            }
        };
    }

    /// Does nothing when the response is on its way already.
    public static void write(
            HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        if (problem.retryAfter() != null) {
            response.setHeader(
                    "Retry-After", String.valueOf(Math.max(1, problem.retryAfter().toSeconds())));
        }
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED
                && !response.containsHeader("WWW-Authenticate")) {
            response.setHeader(
                    "WWW-Authenticate",
                    problem.slug().equals(ProblemType.INVALID_SIGNATURE.slug())
                            ? "Signature"
                            : "Bearer");
        }
        response.setHeader("Cache-Control", "no-store");
        writeJson(response, Problem.MEDIA_TYPE, problem.toDocument(TraceId.of(request)));
    }

    /// @param document anything that has a JSON form
    public static void writeJson(HttpServletResponse response, String mediaType, Object document)
            throws IOException {
        byte[] bytes = Json.write(document).getBytes(StandardCharsets.UTF_8);
        response.setContentType(mediaType);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String sentence(Exception fault) {
        String words = String.valueOf(fault.getMessage());
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    private static Problem ofRefusal(Refused refused) {
        var general =
                switch (refused.reason()) {
                    case UNAUTHENTICATED -> ProblemType.UNAUTHENTICATED;
                    case FORBIDDEN -> ProblemType.FORBIDDEN;
                    case UNKNOWN -> ProblemType.NOT_FOUND;
                    case RULE_VIOLATED -> ProblemType.CONFLICT;
                    case UNACCEPTABLE -> ProblemType.UNACCEPTABLE_SUBMISSION;
                };
        return Problem.named(refused.code(), general, refused.detail());
    }
}
