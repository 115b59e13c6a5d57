package io.headwater.command.intake.imports;

import io.headwater.command.intake.Dedup;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.Screening;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.Submissions;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.Submission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes rows of existing leads: each is judged alone; the usable ones are appended together and
/// decided like any submission, but known for ever by their key, so that a row that comes again is
/// a duplicate. What cannot be used is only told: it is no submission.
@Component
final class LeadImport {

    private final Submissions submissions;
    private final Screening screening;
    private final Intake intake;
    private final RequestAudit audit;
    private final CommandResults results;
    private final Duration decisionWait;
    private final Clock clock;

    LeadImport(
            Submissions submissions,
            Screening screening,
            Intake intake,
            RequestAudit audit,
            CommandResults results,
            ImportSettings settings,
            Clock clock) {
        this.submissions = submissions;
        this.screening = screening;
        this.intake = intake;
        this.audit = audit;
        this.results = results;
        this.decisionWait = settings.decisionWait();
        this.clock = clock;
    }

    private sealed interface Judged {
        record Refused(RowVerdict verdict) implements Judged {}

        record Usable(String key, Submission submission) implements Judged {}
    }

    /// @param dryRun judge only: nothing is written
    /// @return a verdict per row, in their order
    /// @throws io.headwater.command.platform.web.ProblemException 503 when it was not confirmed
    ///   that the rows are kept
    List<RowVerdict> take(
            HttpServletRequest request,
            String siteId,
            @Nullable String leadSource,
            List<ImportRow> rows,
            long bodyBytes,
            boolean dryRun) {
        Instant now = clock.instant();
        var receipt =
                new Receipt(intake.newId(now), siteId, Receipt.IMPORT, null, null, null, null, now);
        var judged = rows.stream().map(row -> judge(row, receipt, leadSource)).toList();
        var usable =
                judged.stream()
                        .filter(Judged.Usable.class::isInstance)
                        .map(row -> ((Judged.Usable) row).submission())
                        .toList();
        if (dryRun || usable.isEmpty()) {
            return judged.stream().map(LeadImport::foreseen).toList();
        }
        var decisions = new ArrayList<CompletableFuture<CommandResult>>();
        usable.forEach(submission -> decisions.add(results.expect(submission.getSubmissionId())));
        try {
            intake.append(
                    audit.received(request, receipt, "accepted", null, null, bodyBytes, null),
                    receipt,
                    usable,
                    List.of());
            var decided = await(decisions).iterator();
            return judged.stream()
                    .map(row ->
                            row instanceof Judged.Usable(var key, _)
                                    ? told(key, decided.next())
                                    : foreseen(row))
                    .toList();
        } finally {
            usable.forEach(submission -> results.forget(submission.getSubmissionId()));
        }
    }

    private Judged judge(ImportRow row, Receipt receipt, @Nullable String leadSource) {
        if (row.refusal() != null) {
            return new Judged.Refused(row.refusal());
        }
        String key = String.valueOf(row.key());
        var fields = LeadFields.ofMembers(row.content());
        fields.putIfAbsent(LeadField.LEAD_SOURCE, leadSource);
        var item =
                new SubmissionItem(fields, null, row.content()).without(new Redaction(List.of()));
        var judged =
                submissions.judge(
                        item,
                        receipt,
                        Submissions.Client.UNKNOWN,
                        intake.newId(receipt.receivedAt()),
                        Submissions.hash(item.payload()),
                        Dedup.importKey(key));
        var submission = judged.submission();
        if (submission.getProblem() != null) {
            return new Judged.Refused(
                    new RowVerdict(
                            key,
                            RowVerdict.REFUSED,
                            null,
                            null,
                            fieldOf(submission.getProblem()),
                            submission.getProblem(),
                            submission.getProblemDetail()));
        }
        if (submission.getEmail() == null
                && submission.getPhone() == null
                && submission.getVisitorId() == null) {
            return new Judged.Refused(
                    RowVerdict.refused(
                            key,
                            null,
                            ProblemType.NO_IDENTITY,
                            "there is no e-mail address, phone or visitor id"));
        }
        return new Judged.Usable(
                key, screening.screen(submission, receipt.receivedAt()).setImported(true).build());
    }

    private static @Nullable String fieldOf(String problem) {
        return switch (ProblemType.ofSlug(problem).orElse(ProblemType.BAD_REQUEST)) {
            case INVALID_EMAIL -> "email";
            case INVALID_TIMESTAMP, ABSURD_TIMESTAMP -> "submitted_at";
            default -> null;
        };
    }

    /// @return the results by the end of the wait; null for each that is not there by then
    private List<@Nullable CommandResult> await(List<CompletableFuture<CommandResult>> decisions) {
        long end = System.nanoTime() + decisionWait.toNanos();
        var decided = new ArrayList<@Nullable CommandResult>();
        for (var decision : decisions) {
            try {
                long left = Math.max(0, end - System.nanoTime());
                decided.add(decision.get(left, TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                decided.add(null);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                decided.add(null);
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a decision never fails", failed);
            }
        }
        return decided;
    }

    private static RowVerdict foreseen(Judged row) {
        return switch (row) {
            case Judged.Refused(var verdict) -> verdict;
            case Judged.Usable(var key, _) -> RowVerdict.valid(key);
        };
    }

    /// @param result null: it is kept, but not decided yet
    private static RowVerdict told(String key, @Nullable CommandResult result) {
        return result == null
                ? RowVerdict.pending(key)
                : RowVerdict.lead(
                        key,
                        result.getOutcome(),
                        result.getValues().get("lead_id"),
                        result.getCode(),
                        result.getDetail());
    }
}
