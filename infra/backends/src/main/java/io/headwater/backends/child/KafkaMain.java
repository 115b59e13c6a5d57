package io.headwater.backends.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;

/// One Kafka node in KRaft mode, broker and controller in one.
///
/// Arguments: data folder, broker port, controller port; then, if there is one, a file with
/// settings that take the place of those here.
public final class KafkaMain {
    private static final int NODE_ID = 1;

    /// 16 bytes in base 64; the same everywhere, since a data folder never meets another.
    private static final String CLUSTER_ID = "aGVhZHdhdGVyLWxvY2FsMQ";

    private KafkaMain() {}

    public static void main(String[] args) {
        Child.run(() -> {
            var settings = settings(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            if (args.length > 3) {
                try (var own = Files.newBufferedReader(Path.of(args[3]))) {
                    settings.load(own);
                }
            }
            return start(args[0], settings);
        });
    }

    private static AutoCloseable start(String folder, Properties settings) throws Exception {
        format(folder);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        exitWhenItEnds(server);
        return () -> {
            server.shutdown();
            server.awaitShutdown();
        };
    }

    /// Does nothing on a folder that is formatted already.
    private static void format(String folder) throws Exception {
        new Formatter()
                .setPrintStream(System.out)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(NODE_ID)
                .setClusterId(CLUSTER_ID)
                .setDirectories(List.of(folder))
                .setMetadataLogDirectory(folder)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setFeatureLevel(
                        TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
                .setControllerListenerName("CONTROLLER")
                .setUnstableFeatureVersionsEnabled(false)
                .setIgnoreFormatted(true)
                .run();
    }

    /// A broker that gives up (a full disk, say) must not leave a living process behind.
    private static void exitWhenItEnds(KafkaRaftServer server) {
        Thread.ofPlatform()
                .daemon()
                .name("await-broker")
                .start(() -> {
                    server.awaitShutdown();
                    System.exit(3);
                });
    }

    private static Properties settings(String folder, int brokerPort, int controllerPort) {
        String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
        var p = new Properties();
        p.put("node.id", String.valueOf(NODE_ID));
        p.put("process.roles", "broker,controller");
        p.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", broker);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("log.dirs", folder);
        // Topics come from the catalogue; a misspelt name is an error, not a topic.
        p.put("auto.create.topics.enable", "false");
        // After 7 days by default a group that is off would lose its offsets while its state stays:
        // it would read everything again and count it twice.
        p.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
        oneNode(p);
        smallMachine(p);
        return p;
    }

    private static void oneNode(Properties p) {
        p.put("default.replication.factor", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("min.insync.replicas", "1");
        // A killed broker's registration must expire before it may come back: 9 s by default.
        p.put("broker.session.timeout.ms", "5000");
        p.put("broker.heartbeat.interval.ms", "1000");
        // Do not wait for more members: ours start one by one.
        p.put("group.initial.rebalance.delay.ms", "0");
        // A transaction that begins before the markers of the last one are written waits here: with
        // the default of 20 ms one in ten of a busy producer's took 20 ms more. Beyond the maximum
        // (100 ms) the producer is turned away, warns, and comes again after another 100 ms.
        p.put("add.partitions.to.txn.retry.backoff.ms", "2");
        p.put("add.partitions.to.txn.retry.backoff.max.ms", "1000");
        // A member that was killed is replaced within seconds.
        p.put("group.min.session.timeout.ms", "3000");
    }

    private static void smallMachine(Properties p) {
        p.put("offsets.topic.num.partitions", "10");
        p.put("transaction.state.log.num.partitions", "10");
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "4");
        // After a kill every open segment is read again: two at a time.
        p.put("num.recovery.threads.per.data.dir", "2");
    }
}
