package io.headwater.schema;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// The provisioning step as a command: `Provision --bootstrap=HOST:PORT --registry=URL
/// [--cache=FILE] [--partitions=4] [--replication=3]`. Ends with status 0 when topics and schemas
/// are there.
public final class Provision {

    private Provision() {}

    public static void main(String... args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            if (!arg.startsWith("--") || pair.length != 2) {
                throw new IllegalArgumentException("expected --name=value, got " + arg);
            }
            options.put(pair[0], pair[1]);
        }
        var brokers =
                new Brokers(required(options, "bootstrap"), KafkaSecurity.of(System.getenv()));
        requireWholeLog(brokers);
        Provisioner.provideTopics(
                brokers,
                Integer.parseInt(options.getOrDefault("partitions", "4")),
                Short.parseShort(options.getOrDefault("replication", "3")));
        Provisioner.provideSchemas(
                required(options, "registry"), options.getOrDefault("cache", ""));
    }

    /// What decides on half a log decides wrongly.
    private static void requireWholeLog(Brokers brokers) {
        var epoch = new LogEpochs(brokers).now();
        if (epoch.isRestoring()) {
            throw new IllegalStateException(
                    "the log is being restored (epoch %d, since %s): run restore again until it ends, see docs/restore.md"
                            .formatted(epoch.number(), epoch.at()));
        }
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return value;
    }
}
