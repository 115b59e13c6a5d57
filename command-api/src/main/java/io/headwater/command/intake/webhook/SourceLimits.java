package io.headwater.command.intake.webhook;

import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.limit.RateLimits;
import io.headwater.command.platform.web.limit.RateLimits.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How much a source may send. What is authentic is not lost by it: a provider that sends again is
/// told to, everything else waits in the quarantine.
@Component
final class SourceLimits {

    private final RateLimits limits;

    SourceLimits(RateLimits limits) {
        this.limits = limits;
    }

    /// Counts one authentic delivery.
    ///
    /// @return what is wrong with all that it brings; null: nothing
    /// @throws io.headwater.command.platform.web.ProblemException 429 where the provider sends
    ///   again
    SubmissionItem.@Nullable Flaw ofDelivery(ProviderPreset preset, SourceConfig source) {
        Integer most = source.limits().perMinute();
        if (most == null) {
            return null;
        }
        var verdict = limits.take(Kind.SOURCE, source.sourceId(), most);
        if (verdict.allowed()) {
            return null;
        }
        if (preset.retries()) {
            throw verdict.problem().asException();
        }
        return reached("more than " + most + " deliveries in a minute");
    }

    /// Counts one submission.
    ///
    /// @return what is wrong with it; null: nothing
    SubmissionItem.@Nullable Flaw ofSubmission(SourceConfig source) {
        Integer most = source.limits().perDay();
        return most == null || limits.takeDaily(Kind.SOURCE, source.sourceId(), most).allowed()
                ? null
                : reached("more than " + most + " submissions in a day");
    }

    private static SubmissionItem.Flaw reached(String detail) {
        return new SubmissionItem.Flaw(ProblemType.CAP_REACHED.slug(), detail);
    }
}
