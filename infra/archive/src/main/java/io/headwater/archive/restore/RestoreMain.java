package io.headwater.archive.restore;

import io.headwater.archive.ArchiveException;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.BucketOptions;
import io.headwater.archive.EpochClaims;
import io.headwater.archive.s3.S3Bucket;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The restore as a command: `RestoreMain --bootstrap=HOST:PORT --registry=URL [--replication=3]
/// [--retention]`, with the bucket of `S3_ENDPOINT`, `S3_ACCESS_KEY`, `S3_SECRET_KEY`, `S3_BUCKET`.
///
/// With `--retention` it only gives the restored topics the retention of the catalogue: the last
/// step, when the views are there. Ends with 0 when it is done, with 2 when it could not begin or
/// go on: call it again.
public final class RestoreMain {

    private RestoreMain() {}

    public static void main(String... args) {
        try {
            run(System.getenv(), args);
        } catch (RestoreException
                | ArchiveException
                | IllegalArgumentException
                | IllegalStateException
                | IOException cannot) {
            System.err.println("headwater: " + cannot.getMessage());
            System.exit(2);
        }
    }

    /// The same for a caller that has the bucket's keys elsewhere.
    ///
    /// @param args as of the command, and `--s3-endpoint`, `--s3-access-key`, `--s3-secret-key`,
    ///   `--s3-bucket`
    /// @throws IOException when the registry does not answer
    public static void restore(String... args) throws IOException {
        var environment = new HashMap<String, String>();
        var rest = new java.util.ArrayList<String>();
        for (String word : args) {
            if (word.startsWith("--s3-")) {
                String[] pair = word.substring("--".length()).split("=", 2);
                environment.put(
                        pair[0].toUpperCase(java.util.Locale.ROOT).replace('-', '_'), pair[1]);
            } else {
                rest.add(word);
            }
        }
        run(environment, rest.toArray(String[]::new));
    }

    private static void run(Map<String, String> environment, String... args) throws IOException {
        var options = options(args);
        try (var bucket = new S3Bucket(BucketOptions.location(List.of(), environment))) {
            var restore =
                    new Restore(
                            new Brokers(
                                    required(options, "bootstrap"), KafkaSecurity.of(environment)),
                            required(options, "registry"),
                            Short.parseShort(options.getOrDefault("replication", "3")),
                            new ArchiveReader(bucket),
                            new EpochClaims(bucket),
                            new PrintedProgress(System.out));
            if (options.containsKey("retention")) {
                restore.giveRetention();
            } else {
                restore.run();
            }
        }
    }

    private static Map<String, String> options(String... args) {
        var options = new HashMap<String, String>();
        for (String word : args) {
            String[] pair = word.replaceFirst("^--", "").split("=", 2);
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException("expected --name=value, got " + word);
            }
            options.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return value;
    }
}
