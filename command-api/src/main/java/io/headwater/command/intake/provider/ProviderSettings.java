package io.headwater.command.intake.provider;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param reach where the `base_url` of a source may lead
@ConfigurationProperties("headwater.providers")
public record ProviderSettings(Reach reach) {}
