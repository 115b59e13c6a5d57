package io.headwater.query.projection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param answerLimit longest wait for the projectors to answer what an operator asks; then callers
///   get 503, and the request stands
@ConfigurationProperties("headwater.rebuild")
record RebuildSettings(Duration answerLimit) {}
