package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.submission;

import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.axon.EntityHandler;
import io.headwater.command.platform.axon.MemoryTask;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ScoreLead;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What Axon costs of a decision: the same commands through the decider's own processor (decoding,
/// rules, stores of encoded records, results and events encoded), with Axon and with [PlainLead],
/// in turns; CPU time of the one thread that does it all. Stores are in memory and nothing is
/// committed: what both ways pay for Kafka and RocksDB would only bring the ratio nearer to 1.
///
/// Prints one line of JSON; `./headwater bench --parts decide` runs it.
public final class AxonShare {

    private static final int ROUNDS = 11;

    /// The compiler is done with both ways by then.
    private static final int WARM_UP_ROUNDS = 8;

    private static final int PEOPLE = 2_000;

    private AxonShare() {}

    public static void main(String... args) {
        var measured = measure(PEOPLE, WARM_UP_ROUNDS, ROUNDS);
        System.out.printf(
                "{\"commands_per_run\":%d,\"plain_micros_per_command\":%.1f,"
                        + "\"axon_micros_per_command\":%.1f,\"ratio\":%.3f}%n",
                3 * PEOPLE, measured.plainMicros(), measured.axonMicros(), measured.ratio());
        System.exit(0);
    }

    /// Medians.
    record Measured(double plainMicros, double axonMicros, double ratio) {}

    /// @param people each captured, captured again and scored
    static Measured measure(int people, int warmUpRounds, int rounds) {
        var ids = SchemaIds.inMemory();
        var commands = commands(ids, people);
        EntityHandler.Factory<Lead> plain = (_, store, outlet) -> new PlainLead(store, outlet);
        var plains = new ArrayList<Double>();
        var axons = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < warmUpRounds + rounds; round++) {
            double without = micros(ids, commands, plain);
            double with = micros(ids, commands, null);
            if (round >= warmUpRounds) {
                plains.add(without);
                axons.add(with);
                ratios.add(with / without);
            }
        }
        return new Measured(median(plains), median(axons), median(ratios));
    }

    private static List<byte[]> commands(SchemaIds ids, int people) {
        var serde = new AvroSerde<SpecificRecord>(ids);
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < people; i++) {
            String first = "first-" + i;
            all.add(bytes(serde, capture(first, i)));
            all.add(bytes(serde, capture("again-" + i, i)));
            all.add(
                    bytes(
                            serde,
                            ScoreLead.newBuilder()
                                    .setCommandId("score-" + i)
                                    .setSiteId(SITE)
                                    .setLeadId(SITE + "_" + first.replace("-", ""))
                                    .setSessionId("session-" + i)
                                    .setEngagementScore(i % 100)
                                    .setEngagementLabel("Hot")
                                    .setSubmittedAt(NOON)
                                    .setRequestedAt(NOON)
                                    .build()));
        }
        return all;
    }

    private static SpecificRecord capture(String id, int person) {
        var submission =
                submission()
                        .setSubmissionId(id)
                        .setDedupKey(id)
                        .setVisitorId("visitor-" + person)
                        .setPhone(null)
                        .setEmail(PersonalData.of("person-" + person + "@example.test"))
                        .build();
        return new CaptureLead(id, submission, List.of());
    }

    private static byte[] bytes(AvroSerde<SpecificRecord> serde, SpecificRecord command) {
        byte[] bytes = serde.serialize(Topics.LEAD_COMMANDS.name(), command);
        return bytes == null ? new byte[0] : bytes;
    }

    private static double micros(
            SchemaIds ids, List<byte[]> commands, EntityHandler.@Nullable Factory<Lead> handlers) {
        var decider =
                LeadDecider.of(
                        ids,
                        Duration.ofHours(24),
                        new LeadMetrics(new SimpleMeterRegistry()),
                        TestVaultKeys.names(),
                        Suppressions.NONE);
        var metrics = new DeciderMetrics(new SimpleMeterRegistry(), "lead");
        try (var task =
                handlers == null
                        ? new MemoryTask<>(decider, metrics)
                        : new MemoryTask<>(decider, handlers, metrics)) {
            var threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            for (byte[] command : commands) {
                requireDecided(task.process(SITE, command, NOON));
            }
            return (threads.getCurrentThreadCpuTime() - start) / 1e3 / commands.size();
        }
    }

    /// An event and the result that says so.
    private static void requireDecided(List<SpecificRecord> handedOn) {
        if (handedOn.size() != 2
                || !(handedOn.getLast() instanceof CommandResult result)
                || !result.getAccepted()) {
            throw new IllegalStateException("not decided: " + handedOn);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
