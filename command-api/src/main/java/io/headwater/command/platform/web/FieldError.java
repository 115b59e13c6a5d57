package io.headwater.command.platform.web;

/// @param field name as the caller knows it
/// @param message what is wrong with it; never the value
public record FieldError(String field, String message) {}
