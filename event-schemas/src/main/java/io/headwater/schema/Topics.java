package io.headwater.schema;

import io.headwater.events.command.CommandResult;
import io.headwater.events.intake.HydrateLead;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.events.privacy.VisitorEraseRequested;
import io.headwater.events.privacy.VisitorEraseWithdrawn;
import io.headwater.events.privacy.VisitorErased;
import io.headwater.events.suppression.ContactsSuppressed;
import io.headwater.events.suppression.ContactsUnsuppressed;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// Every topic of the platform, once: name, key, partitions, retention and the record types allowed
/// on it.
///
/// The partition count is part of the contract: changing it moves keys, so it is set when a topic
/// is made and never changed. Commands and events of one decider have the same count. Event topics
/// are kept for ever and never compacted.
public final class Topics {

    private static final Duration FOR_EVER = Duration.ofMillis(-1);
    private static final Duration COMMANDS = Duration.ofDays(7);

    /// Key of every access command and event: one writer sees all sites, so that site keys and
    /// source ids are unique over all of them. People type these; a partition is plenty.
    public static final String ACCESS_KEY = "access";

    public static final Topic ACCESS_COMMANDS =
            delete(
                    "access.commands.v1",
                    "constant `access`: one writer sees all sites",
                    "command-api (admin API)",
                    "command-api (access decider)",
                    COMMANDS,
                    AccessRecords.COMMANDS);
    public static final Topic ACCESS_EVENTS =
            delete(
                    "access.events.v1",
                    "constant `access`",
                    "command-api (access decider)",
                    "command-api (directory of every instance), stream-jobs (archive)",
                    FOR_EVER,
                    AccessRecords.EVENTS);
    public static final Topic LEAD_COMMANDS =
            delete(
                    "lead.commands.v1",
                    "site id",
                    "command-api (intake), stream-jobs (score)",
                    "command-api (lead decider)",
                    COMMANDS,
                    LeadRecords.COMMANDS);
    public static final Topic LEAD_EVENTS =
            delete(
                    "lead.events.v1",
                    "site id",
                    "command-api (lead decider)",
                    "projectors (leads, lead_volume, intake), stream-jobs (archive, score), command-api (erasures)",
                    FOR_EVER,
                    LeadRecords.EVENTS);
    public static final Topic COMMAND_RESULTS =
            delete(
                    "command.results.v1",
                    "command id",
                    "command-api (deciders)",
                    "command-api (the waiting request, GET /commands/{id})",
                    Duration.ofDays(1),
                    CommandResult.class);

    /// The left side of the accounting identity; no personal data.
    public static final Topic INTAKE_RECEIPTS =
            delete(
                    "intake.receipts.v1",
                    "site id",
                    "command-api (intake)",
                    "projectors (intake), stream-jobs (archive)",
                    FOR_EVER,
                    ReceiptRecorded.class);

    /// Raw deliveries, secrets redacted.
    public static final Topic INTAKE_WEBHOOKS =
            delete(
                    "intake.webhooks.v1",
                    "site id, empty when unknown",
                    "command-api (intake)",
                    "projectors (webhooks), stream-jobs (archive), command-api (erasures)",
                    Duration.ofDays(30),
                    WebhookReceived.class);

    /// Leads that a provider only named. A job that waits goes round: it is appended again and
    /// again until its time has come. As long as the lead commands, for a job done twice is
    /// recognised as long as their results are kept.
    public static final Topic INTAKE_HYDRATIONS =
            delete(
                    "intake.hydrations.v1",
                    "site id",
                    "command-api (intake, hydration)",
                    "command-api (hydration), stream-jobs (archive)",
                    COMMANDS,
                    HydrateLead.class);

    /// Written to the partition of the session's slot, see [Slots].
    public static final Topic TRACKING_EVENTS =
            delete(
                    "tracking.events.v1",
                    "session id, in the partition of its slot",
                    "command-api (tracking, import)",
                    "projectors (sessions, traffic), stream-jobs (archive, score), command-api (erasures)",
                    Duration.ofDays(90),
                    SessionStarted.class,
                    EventsTracked.class,
                    SessionEnded.class,
                    SessionImported.class);

    /// Wishes to be forgotten that no decider decides about.
    public static final Topic PRIVACY_EVENTS =
            delete(
                    "privacy.events.v1",
                    "site id, slash, visitor id",
                    "command-api (erasures)",
                    "command-api (erasures), stream-jobs (archive)",
                    FOR_EVER,
                    VisitorEraseRequested.class,
                    VisitorEraseWithdrawn.class,
                    VisitorErased.class);

    /// Who must not be contacted, as keyed hashes. Like personal data it is never written in clear.
    public static final Topic SUPPRESSION_EVENTS =
            delete(
                    "suppression.events.v1",
                    "site id or `*`, slash, list",
                    "command-api (suppressions)",
                    "command-api (suppressions of every instance), stream-jobs (archive)",
                    FOR_EVER,
                    ContactsSuppressed.class,
                    ContactsUnsuppressed.class);

    /// Leads waiting for a score, by the slot of their visitor; between two steps of one job.
    public static final Topic SCORE_REQUESTS =
            delete(
                    "lead.score-requests.v1",
                    "visitor id, else lead id, in the partition of its slot",
                    "stream-jobs (score, step 1)",
                    "stream-jobs (score, step 2)",
                    COMMANDS,
                    ScoreRequested.class);

    /// Commands that no decider can read or that came under a wrong key, as they were; the cause is
    /// in the headers.
    public static final Topic ACCESS_DEAD_LETTERS =
            deadLetters(ACCESS_COMMANDS, "command-api (access decider)");

    public static final Topic LEAD_DEAD_LETTERS =
            deadLetters(LEAD_COMMANDS, "command-api (lead decider)");

    /// What the score job cannot decode or use, from any of its sources, as it was; the cause is in
    /// the headers.
    public static final Topic SCORE_DEAD_LETTERS =
            delete(
                    "lead.score.v1.dlt",
                    "as sent",
                    "stream-jobs (score)",
                    "people",
                    Duration.ofDays(30));

    public static final Topic HYDRATION_DEAD_LETTERS =
            deadLetters(INTAKE_HYDRATIONS, "command-api (hydration)");

    /// Rows of these views end when what they are made of ends; all others are kept.
    private static final Map<String, Duration> VIEW_RETENTION =
            Map.of("webhooks", INTAKE_WEBHOOKS.retention());

    /// Records that live only in state stores and in the topics that Streams makes for them.
    public static final List<Class<? extends SpecificRecord>> STATE = StateRecords.ALL;

    public static final List<Topic> FACTS =
            List.of(
                    ACCESS_COMMANDS,
                    ACCESS_EVENTS,
                    LEAD_COMMANDS,
                    LEAD_EVENTS,
                    COMMAND_RESULTS,
                    INTAKE_RECEIPTS,
                    INTAKE_WEBHOOKS,
                    INTAKE_HYDRATIONS,
                    TRACKING_EVENTS,
                    PRIVACY_EVENTS,
                    SUPPRESSION_EVENTS,
                    SCORE_REQUESTS,
                    ACCESS_DEAD_LETTERS,
                    LEAD_DEAD_LETTERS,
                    SCORE_DEAD_LETTERS,
                    HYDRATION_DEAD_LETTERS);

    /// What cannot be made again from anything else, so it is kept in S3 as well. Hydrations are
    /// among them because a job that waits is nowhere else.
    public static final List<Topic> ARCHIVED =
            List.of(
                    ACCESS_EVENTS,
                    LEAD_EVENTS,
                    INTAKE_RECEIPTS,
                    INTAKE_WEBHOOKS,
                    INTAKE_HYDRATIONS,
                    TRACKING_EVENTS,
                    PRIVACY_EVENTS,
                    SUPPRESSION_EVENTS);

    private Topics() {}

    /// @param writers which applications produce, each with its parts in brackets, comma-separated:
    ///   for the documentation, and for what the brokers let them do ([KafkaGrants])
    /// @param readers which applications consume, in the same way; `people` is nobody's account
    /// @param records the record types allowed on the topic
    /// @param retention negative: for ever
    public record Topic(
            String name,
            String key,
            String writers,
            String readers,
            Duration retention,
            boolean compacted,
            List<Class<? extends SpecificRecord>> records) {

        public List<Schema> schemas() {
            return records.stream().map(SpecificData.get()::getSchema).toList();
        }

        public boolean allows(Schema schema) {
            return records.stream().anyMatch(type -> type.getName().equals(schema.getFullName()));
        }

        public NewTopic toNewTopic(int partitions, short replication) {
            var configs = new HashMap<>(configs());
            configs.putAll(inSync(replication));
            return new NewTopic(name, partitions, replication).configs(configs);
        }

        public Map<String, String> configs() {
            var configs = new HashMap<String, String>();
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(4 << 20));
            if (!compacted || !retention.isNegative()) {
                configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()));
            }
            if (compacted) {
                configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(64 << 20));
            }
            configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup());
            return Map.copyOf(configs);
        }

        private String cleanup() {
            if (!compacted) {
                return TopicConfig.CLEANUP_POLICY_DELETE;
            }
            return retention.isNegative()
                    ? TopicConfig.CLEANUP_POLICY_COMPACT
                    : TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE;
        }
    }

    /// The compacted topic between a projection's fold and its sink.
    ///
    /// @throws IllegalArgumentException for a projection that is not in the catalogue
    public static Topic view(String projection, int generation) {
        var rows = ViewRecords.ALL.get(projection);
        if (rows == null) {
            throw new IllegalArgumentException("no projection named " + projection);
        }
        return new Topic(
                "view." + projection + ".g" + generation,
                "primary key of the row",
                "projectors (fold)",
                projection.equals("sessions")
                        ? "projectors (sink), stream-jobs (score)"
                        : "projectors (sink)",
                VIEW_RETENTION.getOrDefault(projection, FOR_EVER),
                true,
                rows);
    }

    public static Set<String> projections() {
        return ViewRecords.ALL.keySet();
    }

    /// What a topic with so many copies must have besides: of three, two hold a record before it is
    /// acknowledged, else a leader that is alone would acknowledge what only it has.
    ///
    /// @param replication -1: what the brokers say, and so is this
    public static Map<String, String> inSync(short replication) {
        return replication >= 3 ? Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2") : Map.of();
    }

    /// Everything to provide before the first application starts: facts, and the views of
    /// generation 1.
    public static List<Topic> all() {
        return Stream.concat(
                        FACTS.stream(),
                        ViewRecords.ALL.keySet().stream().sorted().map(name -> view(name, 1)))
                .toList();
    }

    private static Topic deadLetters(Topic commands, String writers) {
        return delete(commands.name() + ".dlt", "as sent", writers, "people", Duration.ofDays(30));
    }

    @SafeVarargs
    private static Topic delete(
            String name,
            String key,
            String writers,
            String readers,
            Duration retention,
            Class<? extends SpecificRecord>... records) {
        return delete(name, key, writers, readers, retention, List.of(records));
    }

    private static Topic delete(
            String name,
            String key,
            String writers,
            String readers,
            Duration retention,
            List<Class<? extends SpecificRecord>> records) {
        return new Topic(name, key, writers, readers, retention, false, records);
    }
}
