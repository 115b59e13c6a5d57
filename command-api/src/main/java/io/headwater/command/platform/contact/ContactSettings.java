package io.headwater.command.platform.contact;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param decisionWait longest wait for the decider's word; without it the answer is 503
@ConfigurationProperties("headwater.contact")
record ContactSettings(Duration decisionWait) {}
