package io.headwater.command.platform.health;

/// One thing this instance needs; every bean of this type is a line of `GET /health`.
public interface HealthPart {

    /// For example `kafka` or `lead-decider`.
    String name();

    /// @return whether it works now; cheap, called per request
    boolean up();

    /// @return whether the instance is of no use without it; else `GET /health` tells that it is
    ///   down and stays 200
    default boolean required() {
        return true;
    }
}
