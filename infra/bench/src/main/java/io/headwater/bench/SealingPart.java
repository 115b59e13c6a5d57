package io.headwater.bench;

import io.headwater.schema.Topics;
import io.headwater.vault.DataKeys;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyVault;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.node.ObjectNode;

/// (m) What it costs in CPU that personal data is sealed.
///
/// - Of a webhook post: the samples of the applications' CPU in which something of the vault or of
///   Tink runs, and all that Postgres takes, which serves nothing else there; beside what is left
///   of the post.
/// - Of a rebuild: the leads made anew of a log in the clear, which is read as it is, and of the
///   same log sealed with a key for each record; in turns, each in a process that did it before.
final class SealingPart {

    private static final double INTAKE_AT_MOST = 0.15;
    private static final double REBUILD_AT_MOST = 0.20;
    private static final Duration AGO = Duration.ofDays(28);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Beside the one of the log in the clear.
    private static final int PORTS_OF_SEALED = 200;

    /// Their frames are on the stack while something is sealed, opened or looked up by a blind
    /// name, and at no other time.
    private static final List<String> SEALING =
            List.of(
                    "io.headwater.vault.",
                    "io.headwater.command.platform.vault.",
                    "com.google.crypto.tink.");

    private final Path folder;
    private final Options options;
    private final Progress progress;

    SealingPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException, SQLException {
        double intake = intake(details.putObject("webhooks"));
        double rebuild = rebuild(details.putObject("rebuild"));
        return List.of(
                Figure.atMost("sealing_cpu_of_webhooks", "ratio", intake, INTAKE_AT_MOST),
                Figure.atMost("sealing_cpu_of_rebuild", "ratio", rebuild, REBUILD_AT_MOST));
    }

    private double intake(ObjectNode details) throws IOException, InterruptedException {
        progress.say("sealing: starting the command API alone");
        try (var platform =
                Platform.startCommandApi(
                        options.root(), folder.resolve("edge"), options.portOffset())) {
            var load = new WebhookLoad(platform);
            WarmUp.run(
                    "sealing",
                    platform,
                    options.seconds(),
                    progress,
                    seconds -> load.round(seconds).perSecond());
            var samples =
                    new CpuSamples(
                            platform.told().path("pids").path("command-api").asLong(),
                            folder.resolve("sealing.jfr"));
            var costs = new ArrayList<Double>();
            var rounds = details.putArray("rounds");
            for (int i = 0; i < options.rounds(); i++) {
                costs.add(round(platform, load, samples, rounds.addObject()));
            }
            return AckPart.median(costs);
        }
    }

    private double round(
            Platform platform, WebhookLoad load, CpuSamples samples, ObjectNode details)
            throws IOException, InterruptedException {
        var before = CpuSplit.settled(platform, WebhookPart.DECIDED_WITHIN);
        var posts = new int[1];
        var share =
                samples.during(
                        () -> {
                            posts[0] = load.round(options.seconds()).posts();
                            CpuSplit.settled(platform, WebhookPart.DECIDED_WITHIN);
                        },
                        SEALING);
        var cpu = CpuSplit.now(platform).since(before);
        double threads =
                cpu.getOrDefault("edge", 0.0)
                        + cpu.getOrDefault(CpuSplit.DECIDER, 0.0)
                        + cpu.getOrDefault("others", 0.0);
        double postgres = cpu.getOrDefault("postgres", 0.0);
        double sealing = share.share() * threads + postgres;
        double cost = sealing / (WebhookPart.intake(cpu) - sealing);
        details.put("posts", posts[0])
                .put("samples", share.samples())
                .put("share_of_threads", rounded(share.share()))
                .put("micros_of_threads_per_post", Math.round(threads * 1e6 / posts[0]))
                .put("micros_of_postgres_per_post", Math.round(postgres * 1e6 / posts[0]))
                .put("cost", rounded(cost));
        var where = details.putArray("innermost");
        share.where().forEach(where::add);
        progress.say(
                "sealing: %,d posts, %.3f of the threads, with Postgres it adds %.3f",
                posts[0], share.share(), cost);
        return cost;
    }

    private double rebuild(ObjectNode details)
            throws IOException, InterruptedException, SQLException {
        progress.say("sealing: starting two times Kafka, Postgres and the registry");
        var beside = options.withPorts(options.portOffset() + PORTS_OF_SEALED);
        try (var clear = Grounds.start(folder.resolve("clear"), options);
                var sealed = Grounds.start(folder.resolve("sealed"), beside)) {
            Instant begin = Instant.now().minus(AGO);
            long records = fill(clear, begin, LeadStory.Step::record);
            fillSealed(sealed, begin);
            progress.say("sealing: %,d records of leads, twice", records);
            try (var one = Rebuilt.start(clear, folder.resolve("clear"));
                    var other = Rebuilt.start(sealed, folder.resolve("sealed"))) {
                one.again();
                other.again();
                var ofClear = new ArrayList<Cost>();
                var ofSealed = new ArrayList<Cost>();
                for (int i = 0; i < options.rounds(); i++) {
                    ofClear.add(one.again());
                    ofSealed.add(other.again());
                    progress.say(
                            "sealing: a rebuild in the clear took %s, sealed %s",
                            ofClear.getLast(), ofSealed.getLast());
                }
                requireSamePeople(one, other);
                var clearly = Cost.median(ofClear);
                var sealedly = Cost.median(ofSealed);
                double cost = sealedly.cpu() / clearly.cpu() - 1;
                details.put("records", records)
                        .put("seconds_in_the_clear", rounded(clearly.seconds()))
                        .put("seconds_sealed", rounded(sealedly.seconds()))
                        .put("cpu_seconds_in_the_clear", rounded(clearly.cpu()))
                        .put("cpu_seconds_sealed", rounded(sealedly.cpu()))
                        .put("cost", rounded(cost));
                return cost;
            }
        }
    }

    private long fill(
            Grounds grounds, Instant begin, Function<LeadStory.Step, SpecificRecord> written) {
        try (var filler = new TopicFiller(grounds.backends().kafkaBootstrap(), grounds.ids())) {
            LeadLoad.inOrder(
                    options.keys(),
                    begin,
                    AGO.minus(LeadStory.LONGEST),
                    step -> {
                        if (step.topic().equals(Topics.LEAD_EVENTS)) {
                            filler.send(
                                    step.topic().name(), null, step.site(), written.apply(step));
                        }
                    });
            return filler.finish();
        }
    }

    private void fillSealed(Grounds grounds, Instant begin) {
        String kek = grounds.projectors().kek();
        var login = new VaultLogin(grounds.backends().jdbcUrl(), KeyVault.ROLE, "", kek);
        try (var connections = login.connections("bench", LIMIT, LIMIT, 2)) {
            var vault = new KeyVault(connections, KekFile.at(kek));
            vault.open();
            var keys = new DataKeys(vault, 2_000, LIMIT, Duration.ofMinutes(1));
            var personal = new PersonalKeys(keys);
            fill(grounds, begin, step -> personal.sealed(step.record(), step.site(), keys::take));
        }
    }

    /// A log that cannot be read would be cheap, too.
    private static void requireSamePeople(Rebuilt one, Rebuilt other) throws SQLException {
        long people = one.people();
        if (people == 0 || people != other.people()) {
            throw new IllegalStateException(
                    "%d people in the clear, %d sealed".formatted(people, other.people()));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /// Of one rebuild.
    ///
    /// @param seconds until it had everything in its tables
    /// @param cpu seconds of the projectors and of all that they use, until it was live
    private record Cost(double seconds, double cpu) {

        static Cost median(List<Cost> costs) {
            return new Cost(
                    AckPart.median(costs.stream().map(Cost::seconds).toList()),
                    AckPart.median(costs.stream().map(Cost::cpu).toList()));
        }

        @Override
        public String toString() {
            return "%.1f s, %.1f s of CPU".formatted(seconds, cpu);
        }
    }

    /// Projectors with the leads, which are made anew again and again.
    private record Rebuilt(
            Grounds grounds, Path folder, ProjectorsProcess.Running running, Rebuilding rebuilding)
            implements AutoCloseable {

        static Rebuilt start(Grounds grounds, Path folder)
                throws IOException, InterruptedException, SQLException {
            var running = grounds.projectors("leads").start();
            running.awaitHealthy();
            var rebuilding = new Rebuilding(running, grounds.database(), "leads");
            rebuilding.awaitCaughtUp(1);
            return new Rebuilt(grounds, folder, running, rebuilding);
        }

        Cost again() throws SQLException, InterruptedException {
            double before = cpu();
            double seconds = rebuilding.run();
            return new Cost(seconds, cpu() - before);
        }

        private double cpu() {
            return Processes.of(folder, running.process().pid()).stream()
                    .mapToDouble(Processes.Stat::cpuSeconds)
                    .sum();
        }

        long people() throws SQLException {
            try (var statement = grounds.database().createStatement();
                    var row =
                            statement.executeQuery(
                                    "select count(*) from read.leads where email is not null")) {
                row.next();
                return row.getLong(1);
            }
        }

        @Override
        public void close() throws InterruptedException {
            running.close();
        }
    }
}
