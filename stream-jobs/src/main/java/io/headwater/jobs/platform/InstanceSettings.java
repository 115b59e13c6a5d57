package io.headwater.jobs.platform;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// Who this instance is and where it keeps what it can rebuild.
///
/// @param instance unique among the instances of this application
/// @param stateDir folder of the state stores, of this instance alone
@Validated
@ConfigurationProperties("headwater")
public record InstanceSettings(@NotBlank String instance, Path stateDir) {}
