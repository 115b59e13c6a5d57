package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.Dedup;
import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.Screening;
import io.headwater.command.intake.SubmissionFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.Submissions;
import io.headwater.command.intake.hydration.Hydrations;
import io.headwater.command.intake.hydration.Hydrator;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.InspectSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalFields;
import io.headwater.vault.PersonalKeys;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/// What waits in the quarantine, as the decider holds it, and how it would be after a change.
@Component
class QuarantinedSubmissions {

    static final String WAITING = "waiting";

    /// Problems that reading the payload again says nothing about.
    private static final Set<String> NOT_OF_THE_PAYLOAD = Set.of(ProblemType.CAP_REACHED.slug());

    private final LeadDecisions decisions;
    private final SourceReader reader;
    private final Submissions submissions;
    private final Screening screening;
    private final Hydrator hydrator;
    private final PersonalKeys personal;
    private final AccessDirectory directory;
    private final Clock clock;

    QuarantinedSubmissions(
            LeadDecisions decisions,
            SourceReader reader,
            Submissions submissions,
            Screening screening,
            Hydrator hydrator,
            PersonalKeys personal,
            AccessDirectory directory,
            Clock clock) {
        this.decisions = decisions;
        this.reader = reader;
        this.submissions = submissions;
        this.screening = screening;
        this.hydrator = hydrator;
        this.personal = personal;
        this.directory = directory;
        this.clock = clock;
    }

    /// @return with the submission in the clear
    CompletableFuture<CommandResult> inspect(SubmissionRef ref) {
        String commandId = decisions.newId();
        return decisions
                .ask(
                        ref.siteId(),
                        commandId,
                        InspectSubmission.newBuilder()
                                .setCommandId(commandId)
                                .setSiteId(ref.siteId())
                                .setSubmissionId(ref.submissionId())
                                .setRequestedAt(clock.instant())
                                .build())
                .thenApply(result -> personal.opened(result, ref.siteId()));
    }

    /// Reads the payload of a waiting one again, by its source as it is now. What people changed by
    /// hand stays as they left it.
    ///
    /// A provider that only named it is asked again.
    ///
    /// @param as the source to read by; null: as this instance knows it
    /// @return empty when that says nothing new
    /// @throws FetchException when the provider does not tell
    Optional<Submission> readAgain(CommandResult inspected, @Nullable SourceConfig as) {
        var known = inspected.getSubmission();
        if (known == null || "true".equals(inspected.getValues().get("by_hand"))) {
            return Optional.empty();
        }
        var source =
                Optional.ofNullable(as)
                        .or(() ->
                                Optional.ofNullable(known.getSourceId())
                                        .flatMap(directory::source));
        if (Hydrations.isThin(known)) {
            return Optional.of(fetched(known, source.orElse(null)));
        }
        return NOT_OF_THE_PAYLOAD.contains(String.valueOf(known.getProblem()))
                ? Optional.empty()
                : source.flatMap(reading -> reader.again(known, reading));
    }

    private Submission fetched(Submission known, @Nullable SourceConfig source) {
        var named = Submission.newBuilder(known);
        if (ProblemType.HYDRATION_FAILED.slug().equals(known.getProblem())) {
            named.setProblem(null).setProblemDetail(null);
        }
        try {
            return hydrator.hydrated(named.build(), source);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FetchException(FetchException.Kind.LATER, "the application stops", 0);
        }
    }

    /// @param errors of the changed fields
    record Edited(Submission submission, List<FieldError> errors) {}

    Edited edited(Submission known, SubmissionEdit edit) {
        var fields = SubmissionFields.of(known);
        edit.applyTo(fields);
        var judged =
                submissions.judge(
                        new SubmissionItem(fields, null, JsonNodeFactory.instance.objectNode()),
                        SubmissionFields.receipt(known),
                        Submissions.Client.UNKNOWN,
                        known.getSubmissionId(),
                        known.getBodyHash(),
                        Dedup.NONE);
        var edited =
                screening
                        .screen(judged.submission(), clock.instant())
                        .setMappingVersion(known.getMappingVersion())
                        .setPersonWindowSeconds(known.getPersonWindowSeconds())
                        .setPayload(null);
        String problem = known.getProblem();
        if (problem != null && edited.getProblem() == null && edit.leaves(problem)) {
            edited.setProblem(problem).setProblemDetail(known.getProblemDetail());
        }
        return new Edited(PersonalFields.with(edited.build(), known), judged.errors());
    }
}
