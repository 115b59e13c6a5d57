package io.headwater.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param after wrong keys from one address until it has to wait; 0: nobody ever waits
/// @param first wait; doubled by each further wrong key
/// @param longest wait, at most 24 h
/// @param forgetAfter so long without a wrong key
/// @param exemptLoopback whether programs on this machine never wait
@ConfigurationProperties("headwater.access.lock")
public record KeyLockSettings(
        int after, Duration first, Duration longest, Duration forgetAfter, boolean exemptLoopback) {

    private static final Duration DAY = Duration.ofDays(1);

    public KeyLockSettings {
        if (after < 0
                || !first.isPositive()
                || longest.compareTo(first) < 0
                || longest.compareTo(DAY) > 0
                || forgetAfter.compareTo(longest) < 0) {
            throw new IllegalArgumentException(
                    "headwater.access.lock: after must not be negative, and 0 < first <= longest <= 24h, longest <= forget-after");
        }
    }
}
