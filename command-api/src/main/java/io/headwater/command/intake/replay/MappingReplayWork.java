package io.headwater.command.intake.replay;

import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.intake.plan.Plan;
import io.headwater.command.intake.plan.PlanWork;
import io.headwater.command.intake.plan.Plans;
import io.headwater.command.intake.provider.SourceReader;
import io.headwater.command.intake.quarantine.PlanOutcomes;
import io.headwater.command.intake.quarantine.Release;
import io.headwater.command.intake.quarantine.Releases;
import io.headwater.command.intake.quarantine.SubmissionRef;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.directory.SourceDirectory;
import io.headwater.command.platform.kafka.TopicScan;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.CorrectLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.Topics;
import io.headwater.vault.PersonalKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tries a mapping over the past of its source, and puts the past right by it: the mapping is
/// stored first, then leads are corrected and what can be used now is let in.
///
/// Whoever goes on after a crash reads the past again: what was corrected by then differs no more.
@Component
final class MappingReplayWork implements PlanWork {

    /// Records between two looks at whether the plan is still ours.
    private static final long LOOK_EVERY = 2_000;

    private final AccessDirectory directory;
    private final SourceDirectory details;
    private final SourceReader reader;
    private final Plans plans;
    private final TopicScan scan;
    private final Releases releases;
    private final LeadDecisions decisions;
    private final SourceMappings mappings;
    private final PersonalKeys personal;
    private final Clock clock;

    MappingReplayWork(
            AccessDirectory directory,
            SourceDirectory details,
            SourceReader reader,
            Plans plans,
            TopicScan scan,
            Releases releases,
            LeadDecisions decisions,
            SourceMappings mappings,
            PersonalKeys personal,
            Clock clock) {
        this.directory = directory;
        this.details = details;
        this.reader = reader;
        this.plans = plans;
        this.scan = scan;
        this.releases = releases;
        this.decisions = decisions;
        this.mappings = mappings;
        this.personal = personal;
        this.clock = clock;
    }

    @Override
    public Plan.Kind kind() {
        return Plan.Kind.MAPPING_REPLAY;
    }

    @Override
    public void find(Plan plan, BooleanSupplier mine) {
        var source = source(plan);
        var tried = source.withMapping(mapping(plan), source.mappingVersion() + 1);
        var read = new AtomicLong();
        var history = history(plan, tried, mine, read);
        var comparison = Comparison.of(history);
        plans.add(plan.planId(), comparison.items());
        plans.result(plan.planId(), comparison.result(read.get()));
    }

    private History history(Plan plan, SourceConfig source, BooleanSupplier mine, AtomicLong read) {
        var history =
                new History(
                        source.sourceId(),
                        submission -> asItCame(submission, source),
                        submission -> reader.again(submission, source));
        var since = plan.createdAt().minus(Duration.ofDays(plan.details().path("days").asInt(1)));
        boolean whole =
                scan.read(
                        Topics.LEAD_EVENTS.name(),
                        source.siteId(),
                        since,
                        event -> {
                            history.apply(personal.opened(event, source.siteId()));
                            read.incrementAndGet();
                        },
                        new Progress(plan, read, mine)::goOn);
        if (!whole) {
            throw new IllegalStateException("the plan is another instance's now");
        }
        return history;
    }

    /// By the version of the mapping that it came through.
    private Optional<Submission> asItCame(Submission submission, SourceConfig source) {
        Integer version = submission.getMappingVersion();
        if (version == null) {
            return reader.again(submission, source.withMapping(Map.of(), 0));
        }
        return details.sourceDetails(source.sourceId())
                .flatMap(known -> known.mapping(version))
                .flatMap(then ->
                        reader.again(submission, source.withMapping(then.mapping(), version)));
    }

    /// Keeps the plan and its progress while the past is read.
    private final class Progress {
        private final Plan plan;
        private final AtomicLong read;
        private final BooleanSupplier mine;
        private long told;

        Progress(Plan plan, AtomicLong read, BooleanSupplier mine) {
            this.plan = plan;
            this.read = read;
            this.mine = mine;
        }

        boolean goOn(long left) {
            if (read.get() - told < LOOK_EVERY) {
                return true;
            }
            told = read.get();
            if (plan.status() == Plan.Status.PREDICTING) {
                plans.result(
                        plan.planId(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("events_read", told)
                                .put("events_left", left));
            }
            return mine.getAsBoolean();
        }
    }

    private SourceConfig source(Plan plan) {
        String sourceId = String.valueOf(plan.sourceId());
        return directory
                .source(sourceId)
                .orElseThrow(() ->
                        new Refused(
                                Refused.Reason.UNKNOWN,
                                "unknown-source",
                                "The source is not there any more."));
    }

    static Map<String, String> mapping(Plan plan) {
        var mapping = new HashMap<String, String>();
        plan.details()
                .path("mapping")
                .properties()
                .forEach(entry ->
                        mapping.put(entry.getKey(), String.valueOf(Json.text(entry.getValue()))));
        return mapping;
    }

    @Override
    public Steps begin(Plan plan, BooleanSupplier mine) {
        var source =
                mappings.store(source(plan), mapping(plan), plan.planId() + ":map", plan.actor());
        var found = history(plan, source, mine, new AtomicLong()).submissions();
        return item -> {
            var kept = found.get(item.submissionId());
            if (kept == null) {
                return done("not_affected");
            }
            return switch (Comparison.verdict(kept)) {
                case CHANGED -> correct(plan, item, kept, source);
                case NEWLY_VALID -> letIn(plan, item, source);
                case UNCHANGED, NEWLY_REJECTED, STILL_QUARANTINED, NOT_AFFECTED ->
                        done(Comparison.verdict(kept).toString());
            };
        };
    }

    /// What it became in the meantime needs nothing any more.
    private static CompletableFuture<Plan.Outcome> done(String outcome) {
        return CompletableFuture.completedFuture(new Plan.Outcome(outcome, null, null));
    }

    private CompletableFuture<Plan.Outcome> correct(
            Plan plan, Plan.Item item, History.Kept kept, SourceConfig source) {
        var names = kept.changes();
        var again = kept.again() == null ? Map.<String, String>of() : kept.again();
        String commandId = plan.commandId(item, "correct");
        return decisions
                .ask(
                        item.siteId(),
                        commandId,
                        ChangeLead.newBuilder()
                                .setCommandId(commandId)
                                .setSiteId(item.siteId())
                                .setLeadId(String.valueOf(kept.leadId()))
                                .setActor(plan.actor())
                                .setMachine(true)
                                .setPipeline(Pipelines.of(directory, item.siteId()))
                                .setRequestedAt(clock.instant())
                                .setCorrect(
                                        PersonalFields.with(
                                                CorrectLead.newBuilder()
                                                        .setSubmissionId(item.submissionId())
                                                        .setBefore(
                                                                Readings.told(
                                                                        kept.inForce(), names))
                                                        .setAfter(Readings.told(again, names))
                                                        .setMappingVersion(source.mappingVersion())
                                                        .setPlanId(plan.planId())
                                                        .build(),
                                                kept.origin()))
                                .build())
                .thenApply(result -> corrected(result, kept));
    }

    private static Plan.Outcome corrected(CommandResult result, History.Kept kept) {
        return result.getAccepted()
                ? new Plan.Outcome("corrected", null, kept.leadId())
                : new Plan.Outcome("refused", result.getCode(), kept.leadId());
    }

    private CompletableFuture<Plan.Outcome> letIn(Plan plan, Plan.Item item, SourceConfig source) {
        return releases.release(
                        new SubmissionRef(item.siteId(), item.submissionId()),
                        Release.step(plan, item, false, false),
                        source)
                .thenApply(PlanOutcomes::of);
    }

    /// The steps come with what the comparison said.
    @Override
    public CompletableFuture<Plan.Outcome> foretell(Plan plan, Plan.Item item) {
        return done(String.valueOf(item.predicted()));
    }
}
