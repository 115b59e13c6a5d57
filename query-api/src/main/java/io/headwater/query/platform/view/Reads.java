package io.headwater.query.platform.view;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a controller or one of its methods: the projections the answer is made of. All of it is then
/// read from one state of their views, and its headers say which and how fresh ([PageReader]).
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Reads {
    String[] value();
}
