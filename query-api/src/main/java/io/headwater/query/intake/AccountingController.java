package io.headwater.query.intake;

import io.headwater.query.platform.time.TimeRange;
import io.headwater.query.platform.view.Freshness;
import io.headwater.query.platform.view.Reads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "operation")
class AccountingController {
    private final AccountingQuery accounting;
    private final Freshness freshness;
    private final Clock clock;

    AccountingController(AccountingQuery accounting, Freshness freshness, Clock clock) {
        this.accounting = accounting;
        this.freshness = freshness;
        this.clock = clock;
    }

    record AccountingView(
            long received,
            long accepted,
            long duplicate,
            long blocked,
            long test,
            long refused,
            long quarantined,
            long inFlight,
            boolean holds,
            @Nullable Instant undecidedSince,
            List<AccountingQuery.SourceAccount> bySource,
            List<AccountingQuery.ProjectionAccount> projections) {

        static AccountingView of(
                List<AccountingQuery.SourceAccount> sources,
                List<AccountingQuery.ProjectionAccount> projections) {
            return new AccountingView(
                    sum(sources, AccountingQuery.SourceAccount::received),
                    sum(sources, AccountingQuery.SourceAccount::accepted),
                    sum(sources, AccountingQuery.SourceAccount::duplicate),
                    sum(sources, AccountingQuery.SourceAccount::blocked),
                    sum(sources, AccountingQuery.SourceAccount::test),
                    sum(sources, AccountingQuery.SourceAccount::refused),
                    sum(sources, AccountingQuery.SourceAccount::quarantined),
                    sum(sources, AccountingQuery.SourceAccount::inFlight),
                    sources.stream().allMatch(AccountingQuery.SourceAccount::holds)
                            && projections.stream()
                                    .allMatch(AccountingQuery.ProjectionAccount::holds),
                    sources.stream()
                            .map(AccountingQuery.SourceAccount::undecidedSince)
                            .filter(Objects::nonNull)
                            .min(Instant::compareTo)
                            .orElse(null),
                    sources,
                    projections);
        }

        private static long sum(
                List<AccountingQuery.SourceAccount> sources,
                ToLongFunction<AccountingQuery.SourceAccount> member) {
            return sources.stream().mapToLong(member).sum();
        }
    }

    @GetMapping("/api/accounting")
    @Reads("intake")
    @Operation(
            summary = "Whether nothing was lost.",
            description =
                    "received = accepted + duplicate + blocked + test + refused + quarantined, by"
                            + " source, in whole quarters of an hour of receipt; what was received and"
                            + " has no outcome yet is in_flight. While nothing later has an outcome"
                            + " it only waits: undecided_since tells since when. read = applied +"
                            + " parked + skipped, by projection, of all times. holds: all of these. A"
                            + " projection that is not alive has said nothing for ten seconds, so"
                            + " that its numbers may be old; fenced counts the writes of former"
                            + " owners that were refused.")
    AccountingView accounting(
            @Parameter(description = "an instant or a date (UTC)") @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "an instant, or the end of a date (UTC)")
                    @RequestParam(required = false)
                    @Nullable String to) {
        Instant now = clock.instant();
        Instant asOf = freshness.of(List.of("intake")).asOf();
        return AccountingView.of(
                accounting.bySource(
                        TimeRange.parse(from, to, ZoneOffset.UTC),
                        asOf != null && asOf.isBefore(now) ? asOf : now),
                accounting.projections());
    }
}
