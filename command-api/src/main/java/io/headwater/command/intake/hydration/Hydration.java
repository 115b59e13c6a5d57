package io.headwater.command.intake.hydration;

import io.headwater.command.intake.provider.ThinPreset.Fetcher.FetchException;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.kafka.TopicJobs;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.intake.HydrateLead;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.Topics;
import io.headwater.streams.UnprocessableException;
import io.headwater.vault.PersonalKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Asks providers for leads that they named.
///
///     job ── due ──► asked ──► told ───────────────► CaptureLead
///      ▲               │
///      │               ├──► gone, or in vain too long ──► CaptureLead with a problem: quarantine
///      └── later ──────┘
///
/// The command's id is the submission's, fixed when the lead was named: a job done twice has one
/// outcome.
@Component
final class Hydration implements TopicJobs {

    private static final Logger log = LoggerFactory.getLogger(Hydration.class);

    /// A job that waits longer goes round: appended again, it does not hold up the offset.
    private static final Duration LAP = Duration.ofSeconds(30);

    private final HydrationSettings settings;
    private final AccessDirectory directory;
    private final Hydrator hydrator;
    private final IntakeLog intake;
    private final PersonalKeys personal;
    private final Clock clock;

    Hydration(
            HydrationSettings settings,
            AccessDirectory directory,
            Hydrator hydrator,
            IntakeLog intake,
            PersonalKeys personal,
            Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.hydrator = hydrator;
        this.intake = intake;
        this.personal = personal;
        this.clock = clock;
    }

    @Override
    public Topics.Topic topic() {
        return Topics.INTAKE_HYDRATIONS;
    }

    @Override
    public Topics.Topic deadLetters() {
        return Topics.HYDRATION_DEAD_LETTERS;
    }

    @Override
    public String name() {
        return "hydration";
    }

    @Override
    public void work(SpecificRecord record) throws InterruptedException {
        if (!(record instanceof HydrateLead job)) {
            throw new UnprocessableException(record.getSchema().getFullName() + " is no job");
        }
        var wait = Duration.between(clock.instant(), job.getDueAt());
        if (wait.compareTo(LAP) > 0) {
            Thread.sleep(LAP);
            append(Hydrations.record(job));
            return;
        }
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        append(outcome(personal.opened(job, job.getSubmission().getSiteId())));
    }

    /// Returns once it is committed.
    private void append(ProducerRecord<String, SpecificRecord> record) {
        intake.append(List.of(record)).join();
    }

    private ProducerRecord<String, SpecificRecord> outcome(HydrateLead job)
            throws InterruptedException {
        if (!directory.ready()) {
            throw new IllegalStateException("the directory is not read yet");
        }
        var thin = job.getSubmission();
        try {
            var source = directory.source(String.valueOf(thin.getSourceId())).orElse(null);
            return captured(hydrator.hydrated(thin, source));
        } catch (FetchException failure) {
            return failed(job, failure);
        }
    }

    private ProducerRecord<String, SpecificRecord> failed(HydrateLead job, FetchException failure) {
        Instant now = clock.instant();
        var since = Duration.between(job.getRequestedAt(), now);
        boolean over =
                switch (failure.kind()) {
                    case GONE -> true;
                    case DENIED -> since.compareTo(settings.deniedFor()) >= 0;
                    case LATER -> since.compareTo(settings.giveUpAfter()) >= 0;
                };
        if (over) {
            return givenUp(job.getSubmission(), String.valueOf(failure.getMessage()));
        }
        return Hydrations.record(
                HydrateLead.newBuilder(job)
                        .setAttempts(job.getAttempts() + 1)
                        .setDueAt(now.plus(pause(job.getAttempts(), failure.retryAfterSeconds())))
                        .build());
    }

    /// Doubles with each failure, a fifth more or less, so that jobs that failed together do not
    /// come together again; never shorter than the provider asked for.
    private Duration pause(int attempts, long retryAfterSeconds) {
        long most = settings.longestRetry().toMillis();
        long doubled = settings.firstRetry().toMillis() << Math.min(attempts, 20);
        double spread = RandomGenerator.getDefault().nextDouble(0.8, 1.2);
        var jittered = Duration.ofMillis((long) (Math.min(doubled, most) * spread));
        var asked = Duration.ofSeconds(retryAfterSeconds);
        return jittered.compareTo(asked) < 0 ? asked : jittered;
    }

    /// What is known is kept: the ids, by which it is fetched again when it is released.
    private ProducerRecord<String, SpecificRecord> givenUp(Submission thin, String why) {
        log.atWarn()
                .addKeyValue("sourceId", thin.getSourceId())
                .addKeyValue("submissionId", thin.getSubmissionId())
                .addKeyValue("cause", why)
                .log("a lead was not to be had from its provider");
        return captured(
                Submission.newBuilder(thin)
                        .setProblem(ProblemType.HYDRATION_FAILED.slug())
                        .setProblemDetail("The lead could not be fetched: " + why + ".")
                        .build());
    }

    private ProducerRecord<String, SpecificRecord> captured(Submission submission) {
        return new ProducerRecord<>(
                Topics.LEAD_COMMANDS.name(),
                submission.getSiteId(),
                CaptureLead.newBuilder()
                        .setCommandId(submission.getSubmissionId())
                        .setSubmission(submission)
                        .setPipeline(Pipelines.of(directory, submission.getSiteId()))
                        .build());
    }
}
