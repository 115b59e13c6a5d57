package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/// The one place where a controller's exception becomes a problem document.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    @ExceptionHandler
    void handle(Exception fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problems.write(request, response, problemOf(fault, response));
    }

    private static Problem problemOf(Exception fault, HttpServletResponse response) {
        return switch (fault) {
            case MethodArgumentNotValidException invalid -> ofBinding(invalid);
            case ConstraintViolationException invalid -> ofConstraints(invalid);
            case MethodArgumentTypeMismatchException mismatch ->
                    ProblemType.INVALID_FIELDS
                            .with("A parameter has the wrong type.")
                            .on(List.of(new FieldError(mismatch.getName(), "is not of its type")));
            case MissingServletRequestParameterException missing ->
                    ProblemType.INVALID_FIELDS
                            .with("A required parameter is missing.")
                            .on(List.of(new FieldError(missing.getParameterName(), "is required")));
            case HttpMessageNotReadableException unreadable -> ofUnreadable(unreadable);
            case ErrorResponse framework -> ofFramework(framework, response);
            default -> Problems.of(fault);
        };
    }

    private static Problem ofBinding(MethodArgumentNotValidException invalid) {
        return FieldError.problem(
                invalid.getBindingResult().getFieldErrors().stream()
                        .map(error ->
                                new FieldError(
                                        asSent(error.getField()),
                                        String.valueOf(error.getDefaultMessage())))
                        .toList());
    }

    /// A value of the wrong type is a field's error; only broken JSON is the body's.
    private static Problem ofUnreadable(HttpMessageNotReadableException unreadable) {
        String field =
                unreadable.getCause() instanceof MismatchedInputException mismatch
                        ? mismatch.getPath().stream()
                                .map(JacksonException.Reference::getPropertyName)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining("."))
                        : "";
        return field.isEmpty()
                ? ProblemType.MALFORMED_BODY.with("The body is not the JSON that is wanted.")
                : FieldError.problem(List.of(new FieldError(field, "is not of its type")));
    }

    /// `siteKey` → `site_key`: members of bodies are in snake_case.
    private static String asSent(String property) {
        return property.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Problem ofConstraints(ConstraintViolationException invalid) {
        return FieldError.problem(
                invalid.getConstraintViolations().stream()
                        .map(broken ->
                                new FieldError(
                                        broken.getPropertyPath().toString(), broken.getMessage()))
                        .toList());
    }

    private static Problem ofFramework(ErrorResponse framework, HttpServletResponse response) {
        framework.getHeaders().forEach((name, values) -> response.setHeader(name, join(values)));
        int status = framework.getStatusCode().value();
        var type = ProblemType.ofStatus(status);
        String detail = framework.getBody().getDetail();
        return new Problem(
                type.slug(),
                status,
                type.title(),
                detail == null ? type.title() + "." : detail,
                null,
                List.of(),
                null);
    }

    private static String join(List<String> values) {
        return String.join(", ", values);
    }
}
