package io.headwater.command.lead;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param reengageAfter a person who submits again after this time counts as re-engaged
@ConfigurationProperties("headwater.lead")
record LeadSettings(Duration reengageAfter) {}
