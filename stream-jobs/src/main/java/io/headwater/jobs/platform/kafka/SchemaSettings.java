package io.headwater.jobs.platform.kafka;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// Where schema ids come from.
///
/// @param registryUrl base of the Confluent-compatible API
/// @param cacheFile written by provisioning; empty: ask the registry for each id once
@Validated
@ConfigurationProperties("headwater.schemas")
public record SchemaSettings(@NotBlank String registryUrl, String cacheFile) {}
