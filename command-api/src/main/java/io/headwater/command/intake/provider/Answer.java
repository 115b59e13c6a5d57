package io.headwater.command.intake.provider;

import java.util.Map;

/// What a provider is told.
///
/// @param contentType with charset, where it is text
/// @param headers further ones
public record Answer(int status, String contentType, String body, Map<String, String> headers) {

    /// What every provider is content with.
    public static final Answer EMPTY_OBJECT = json("{}");

    public static Answer json(String body) {
        return new Answer(200, "application/json", body, Map.of());
    }

    public static Answer text(String body) {
        return new Answer(200, "text/plain;charset=UTF-8", body, Map.of());
    }
}
