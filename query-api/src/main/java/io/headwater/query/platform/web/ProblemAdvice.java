package io.headwater.query.platform.web;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.web.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Every exception of a request becomes a problem document here.
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /// undefined table, undefined function, invalid schema, no privilege: nothing published yet
    private static final Set<String> NOT_PUBLISHED = Set.of("42P01", "42883", "3F000", "42501");

    private static final String STATEMENT_TIMEOUT = "57014";

    private final Duration queryLimit;

    /// @param queryLimit longest run of one query
    ProblemAdvice(@Value("${headwater.postgres.query-limit}") Duration queryLimit) {
        this.queryLimit = queryLimit;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Problem> answer(Exception e, HttpServletRequest request) throws Exception {
        if (e instanceof CloseNowException) {
            // half an answer is out: Tomcat ends the connection
            throw e;
        }
        String traceId = TraceId.of(request);
        ProblemException problem = translate(e, traceId);
        ResponseEntity<Problem> answer = Problems.answer(problem, traceId);
        if (e instanceof HttpRequestMethodNotSupportedException unsupported) {
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(unsupported.getHeaders())
                    .headers(answer.getHeaders())
                    .body(answer.getBody());
        }
        return answer;
    }

    private ProblemException translate(Exception e, String traceId) {
        return switch (e) {
            case ProblemException problem -> problem;
            case MethodArgumentTypeMismatchException mismatch ->
                    badParameter(mismatch.getName(), expected(mismatch.getRequiredType()));
            case MissingServletRequestParameterException missing ->
                    badParameter(missing.getParameterName(), "is required");
            case MethodArgumentNotValidException invalid -> invalid(invalid);
            case HandlerMethodValidationException invalid -> invalid(invalid);
            case HttpMessageNotReadableException _ ->
                    new ProblemException(ProblemKind.BAD_REQUEST, "the body is not valid JSON");
            case DataAccessException failed -> unavailable(failed, traceId);
            // no connection to begin one with, or it broke before the end
            case TransactionException failed -> unavailable(failed, traceId);
            case ErrorResponse framework -> framework(framework);
            default -> {
                log.atError().addKeyValue("traceId", traceId).setCause(e).log("request failed");
                yield new ProblemException(
                        ProblemKind.INTERNAL_ERROR, "the log has the details under the trace id");
            }
        };
    }

    private static ProblemException framework(ErrorResponse e) {
        ProblemKind kind = ProblemKind.of(e.getStatusCode().value());
        String said = e.getBody().getDetail();
        return new ProblemException(kind, said == null ? kind.title() : said);
    }

    private static ProblemException invalid(MethodArgumentNotValidException e) {
        return fields(
                e.getFieldErrors().stream()
                        .map(error -> new Problem.FieldError(error.getField(), message(e, error)))
                        .toList());
    }

    private static String message(MethodArgumentNotValidException e, FieldError error) {
        Object target = e.getTarget();
        return error.isBindingFailure() && target != null
                ? expected(e.getBindingResult().getFieldType(error.getField()))
                : String.valueOf(error.getDefaultMessage());
    }

    private static ProblemException invalid(HandlerMethodValidationException e) {
        return fields(
                e.getParameterValidationResults().stream()
                        .flatMap(result ->
                                result.getResolvableErrors().stream()
                                        .map(error ->
                                                new Problem.FieldError(
                                                        name(result.getMethodParameter(), error),
                                                        String.valueOf(error.getDefaultMessage()))))
                        .toList());
    }

    private static String name(MethodParameter parameter, MessageSourceResolvable error) {
        return error instanceof FieldError field
                ? field.getField()
                : String.valueOf(parameter.getParameterName());
    }

    private static ProblemException fields(List<Problem.FieldError> errors) {
        String detail =
                errors.isEmpty()
                        ? ProblemKind.INVALID_PARAMETER.title()
                        : errors.getFirst().field() + " " + errors.getFirst().message();
        return new ProblemException(ProblemKind.INVALID_PARAMETER, detail, errors);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == Integer.class || type == int.class || type == Long.class) {
            return "must be a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "must be true or false";
        }
        return "is not valid";
    }

    private ProblemException unavailable(NestedRuntimeException e, String traceId) {
        String state = sqlState(e);
        log.atWarn()
                .addKeyValue("traceId", traceId)
                .addKeyValue("sqlState", state)
                .addKeyValue("cause", e.getMostSpecificCause().getMessage())
                .log("query failed");
        if (NOT_PUBLISHED.contains(state)) {
            return new ProblemException(
                    ProblemKind.VIEWS_MISSING, "the projectors have not published this view yet");
        }
        if (state.equals(STATEMENT_TIMEOUT)) {
            return new ProblemException(
                    ProblemKind.QUERY_TOO_SLOW,
                    "it took longer than %d s; narrow the question"
                            .formatted(queryLimit.toSeconds()));
        }
        if (state.startsWith("22") || state.startsWith("42")) {
            // our own SQL or a value that a check let through: a fault of this application
            log.atError().addKeyValue("traceId", traceId).setCause(e).log("query refused");
            return new ProblemException(
                    ProblemKind.INTERNAL_ERROR, "the log has the details under the trace id");
        }
        return new ProblemException(
                ProblemKind.POSTGRES_UNAVAILABLE, "Postgres does not answer; try again shortly");
    }

    private static String sqlState(NestedRuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
