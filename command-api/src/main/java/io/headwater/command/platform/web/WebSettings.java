package io.headwater.command.platform.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What the edge lets in and whom it believes.
///
/// @param trustedProxies addresses or CIDR blocks whose `X-Forwarded-For` and country header count;
///   empty: nobody's
/// @param countryHeader header in which a trusted proxy names the client's ISO country
/// @param maxBody largest request body; one byte more is answered 413
/// @param corsMaxAge how long a browser may remember a preflight
@Validated
@ConfigurationProperties("headwater.web")
public record WebSettings(
        List<String> trustedProxies,
        String countryHeader,
        DataSize maxBody,
        Duration corsMaxAge,
        @Valid RateLimit rateLimit) {

    /// Fixed windows on tracking and lead capture, shared by all instances.
    ///
    /// @param requests allowed per window and client address (IPv6: per /64); 0: no limit. As many
    ///   again for asking what became of commands
    /// @param keyRequests allowed per window and integration key; 0: no limit
    /// @param exemptLoopback whether callers on this machine are outside the limit
    /// @param exemptKeyed whether callers with a valid integration key are outside the limit
    public record RateLimit(
            @Min(0) int requests,
            @Min(0) int keyRequests,
            Duration window,
            boolean exemptLoopback,
            boolean exemptKeyed) {}
}
