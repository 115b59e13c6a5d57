package io.headwater.command.platform.vault;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// What who seals needs to know besides [io.headwater.vault.VaultSettings].
///
/// @param connectLimit longest wait for a connection; then the vault counts as away
/// @param statementLimit longest run of one statement
/// @param poolSize most connections at once
/// @param spareKeys data keys that are made before they are needed
/// @param takeLimit longest wait for a data key when no spare one is left
@Validated
@ConfigurationProperties("headwater.vault")
public record VaultLimits(
        Duration connectLimit,
        Duration statementLimit,
        @Min(1) int poolSize,
        @Min(1) int spareKeys,
        Duration takeLimit) {}
