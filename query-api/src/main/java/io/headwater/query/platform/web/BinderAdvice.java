package io.headwater.query.platform.web;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/// Filters come from the query string alone: without this a header of a filter's name would set it.
@RestControllerAdvice
class BinderAdvice {

    @InitBinder
    void noHeaders(WebDataBinder binder) {
        if (binder instanceof ExtendedServletRequestDataBinder servlet) {
            servlet.setHeaderPredicate(_ -> false);
        }
    }
}
