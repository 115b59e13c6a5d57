package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.Submission;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets submissions in, or tells what they would become: read again first by their source as it is
/// now, so that a mapping that was mended counts.
@Component
public class Releases {

    /// Reading a body again is no work for the thread that brings the answers.
    private static final Executor READERS =
            task -> Thread.ofVirtual().name("quarantine-reader").start(task);

    private final LeadDecisions decisions;
    private final QuarantinedSubmissions quarantined;
    private final AccessDirectory directory;
    private final Clock clock;

    Releases(
            LeadDecisions decisions,
            QuarantinedSubmissions quarantined,
            AccessDirectory directory,
            Clock clock) {
        this.decisions = decisions;
        this.quarantined = quarantined;
        this.directory = directory;
        this.clock = clock;
    }

    /// @return the decider's last word
    CompletableFuture<CommandResult> release(SubmissionRef ref, Release how) {
        return release(ref, how, null);
    }

    /// @param as the source to read by; null: as this instance knows it
    /// @return the decider's last word
    public CompletableFuture<CommandResult> release(
            SubmissionRef ref, Release how, @Nullable SourceConfig as) {
        return quarantined
                .inspect(ref)
                .thenComposeAsync(
                        inspected ->
                                inspected.getAccepted()
                                        ? release(ref, how, as, inspected)
                                        : CompletableFuture.completedFuture(inspected),
                        READERS);
    }

    private CompletableFuture<CommandResult> release(
            SubmissionRef ref, Release how, @Nullable SourceConfig as, CommandResult inspected) {
        Optional<Submission> again;
        try {
            again = quarantined.readAgain(inspected, as);
        } catch (FetchException untold) {
            return CompletableFuture.completedFuture(refused(inspected, untold));
        }
        if (again.isEmpty() || goesOnWaiting(again.get(), how)) {
            return letIn(ref, how);
        }
        var revision = Integer.valueOf(inspected.getValues().get("revision"));
        var edited = edit(ref, again.get(), revision, how.bySystem());
        return how.dryRun()
                ? edited
                : edited.thenCompose(result ->
                        result.getAccepted()
                                ? letIn(ref, how)
                                : CompletableFuture.completedFuture(result));
    }

    /// It waits on: nothing changed.
    private static CommandResult refused(CommandResult inspected, FetchException untold) {
        return CommandResult.newBuilder(inspected)
                .setAccepted(false)
                .setOutcome("refused")
                .setCode(ProblemType.HYDRATION_FAILED.slug())
                .setDetail("The lead could not be fetched: " + untold.getMessage() + ".")
                .setSubmission(null)
                .build();
    }

    /// What cannot be used either way is not edited for nothing.
    private static boolean goesOnWaiting(Submission again, Release how) {
        return again.getProblem() != null && !how.force() && !how.dryRun();
    }

    /// @param revision that the change was made from; null: whatever it is
    CompletableFuture<CommandResult> edit(
            SubmissionRef ref, Submission after, @Nullable Integer revision, Release how) {
        String commandId = how.commandIds().apply(how.dryRun() ? "foretell" : "edit");
        return decisions.ask(
                ref.siteId(),
                commandId,
                EditSubmission.newBuilder()
                        .setCommandId(commandId)
                        .setSiteId(ref.siteId())
                        .setSubmissionId(ref.submissionId())
                        .setAfter(after)
                        .setExpectedRevision(revision)
                        .setDryRun(how.dryRun())
                        .setForce(how.force())
                        .setPlanId(how.planId())
                        .setActor(how.actor())
                        .setRequestedAt(clock.instant())
                        .build());
    }

    private CompletableFuture<CommandResult> letIn(SubmissionRef ref, Release how) {
        String commandId = how.commandIds().apply(how.dryRun() ? "foretell" : "release");
        return decisions.ask(
                ref.siteId(),
                commandId,
                ReleaseSubmission.newBuilder()
                        .setCommandId(commandId)
                        .setSiteId(ref.siteId())
                        .setSubmissionId(ref.submissionId())
                        .setForce(how.force())
                        .setPipeline(Pipelines.of(directory, ref.siteId()))
                        .setDryRun(how.dryRun())
                        .setPlanId(how.planId())
                        .setActor(how.actor())
                        .setRequestedAt(clock.instant())
                        .build());
    }

    /// @param code slug
    CompletableFuture<CommandResult> reject(
            SubmissionRef ref, String code, @Nullable String reason, Release how) {
        String commandId = how.commandIds().apply(how.dryRun() ? "foretell" : "reject");
        return decisions.ask(
                ref.siteId(),
                commandId,
                RejectSubmission.newBuilder()
                        .setCommandId(commandId)
                        .setSiteId(ref.siteId())
                        .setSubmissionId(ref.submissionId())
                        .setReasonCode(code)
                        .setReason(reason == null ? null : Text.clean(reason))
                        .setDryRun(how.dryRun())
                        .setPlanId(how.planId())
                        .setActor(how.actor())
                        .setRequestedAt(clock.instant())
                        .build());
    }
}
