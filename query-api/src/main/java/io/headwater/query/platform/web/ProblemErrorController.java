package io.headwater.query.platform.web;

import io.headwater.web.TraceId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the container itself refuses, as a problem document.
@Hidden
@RestController
class ProblemErrorController implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object said = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = said instanceof Integer code ? code : 404;
        ProblemKind kind = ProblemKind.of(status);
        return Problems.answer(new ProblemException(kind, kind.title()), TraceId.of(request));
    }
}
