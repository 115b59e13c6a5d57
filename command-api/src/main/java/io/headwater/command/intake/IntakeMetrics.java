package io.headwater.command.intake;

import io.headwater.command.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts requests at the edge, once each, by what they were answered: `answered = accepted +
/// ignored + handshake + refused + limited + unauthenticated + unreadable + too-large + unsupported
/// + unknown + unavailable`.
@Component
public final class IntakeMetrics {

    private final MeterRegistry meters;

    IntakeMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /// @param provider a preset's name, or `none`: never text from outside
    public void answered(String channel, String provider, String outcome) {
        meters.counter(
                        "intake.requests.answered",
                        "channel",
                        channel,
                        "provider",
                        provider,
                        "outcome",
                        outcome)
                .increment();
    }

    public void answered(String channel, String provider, Problem problem) {
        answered(channel, provider, outcome(problem.status()));
    }

    private static String outcome(int status) {
        return switch (status) {
            case 400 -> "unreadable";
            case 401, 403 -> "unauthenticated";
            case 404 -> "unknown";
            case 413 -> "too-large";
            case 415 -> "unsupported";
            case 405, 409, 422 -> "refused";
            case 429 -> "limited";
            default -> "unavailable";
        };
    }
}
