package io.headwater.query.platform.web;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns away parameters that Postgres cannot hold as text: NUL characters and broken encodings.
@Component
@Order(1)
class TextFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<ProblemException> problem = problem(request);
        if (problem.isPresent()) {
            Problems.write(problem.get(), request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<ProblemException> problem(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return Optional.empty();
        }
        try {
            return request.getParameterMap().entrySet().stream()
                    .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(TextFilter::hasNul))
                    .findFirst()
                    .map(entry -> badParameter(entry.getKey(), "must not contain a NUL character"));
        } catch (InvalidParameterException e) {
            return Optional.of(
                    new ProblemException(
                            ProblemKind.BAD_REQUEST, "the query string is not valid UTF-8"));
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }
}
