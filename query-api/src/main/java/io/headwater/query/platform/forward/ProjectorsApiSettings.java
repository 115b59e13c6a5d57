package io.headwater.query.platform.forward;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param url where projectors answers
/// @param answerLimit longest wait for its answer
@ConfigurationProperties("headwater.projectors")
record ProjectorsApiSettings(URI url, Duration answerLimit) {}
