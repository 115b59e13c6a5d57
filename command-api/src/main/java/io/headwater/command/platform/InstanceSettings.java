package io.headwater.command.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// Who this instance is and where it keeps what it can rebuild.
///
/// @param instance unique among the instances of this application; names its transactions
/// @param stateDir folder of the deciders' state stores, of this instance alone
/// @param publicUrl base of the URLs given out, for example of webhooks
@Validated
@ConfigurationProperties("headwater")
public record InstanceSettings(@NotBlank String instance, Path stateDir, URI publicUrl) {}
