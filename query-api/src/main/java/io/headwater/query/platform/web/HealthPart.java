package io.headwater.query.platform.web;

/// One thing this instance needs; every bean of this type is a member of `components` in `/health`.
public interface HealthPart {

    /// For example `postgres`.
    String name();

    /// `ok`, or one word for what is wrong; answers within a few seconds whatever happened.
    String state();
}
