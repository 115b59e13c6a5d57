package io.headwater.query.platform.forward;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// @param url where command-api answers
/// @param answerLimit longest wait for its answer
/// @param largestBody forwarded to it
@ConfigurationProperties("headwater.command-api")
record CommandApiSettings(URI url, Duration answerLimit, DataSize largestBody) {}
