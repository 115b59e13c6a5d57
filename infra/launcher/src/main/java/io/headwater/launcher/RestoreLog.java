package io.headwater.launcher;

import io.headwater.backends.Backend;
import io.headwater.backends.BackendException;
import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Puts the archived log into a data folder that has lost it: starts Kafka, the registry and the
/// store, and nothing that would write, restores, stops them again. What was interrupted goes on
/// when it is called again.
final class RestoreLog {
    private static final String COMMAND = "io.headwater.archive.restore.RestoreMain";

    private final Options options;
    private final DataFolder data;
    private final Installation installation;
    private final Map<String, String> environment;
    private final Progress progress = new Progress();

    /// @param environment has the keys of a bucket elsewhere
    RestoreLog(Options options, Map<String, String> environment) {
        this.options = options;
        this.data = new DataFolder(options.data());
        this.installation = new Installation(options.root());
        this.environment = environment;
    }

    int run() {
        if (options.retention()) {
            giveRetention();
            return 0;
        }
        data.create();
        var lock = data.lock();
        new Leftovers(java.time.Duration.ofSeconds(20)).reap(data);
        requireNothingDerived();
        var settings = data.backends(installation, Secrets.of(data), options.portOffset());
        try (var backends = new Backends(settings)) {
            var stop = new Thread(backends::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            start(backends);
            call(arguments(backends));
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        progress.say("the log is restored; docs/restore.md says what comes next");
        return lock.isValid() ? 0 : 2;
    }

    /// Rows and stores of the log that is lost would be taken for those of the new one.
    private void requireNothingDerived() {
        for (Path folder : List.of(data.root().resolve("postgres"), data.root().resolve("state"))) {
            if (!isEmpty(folder)) {
                throw new BackendException(
                        "%s holds what was made of the log that is lost: move it away first, it is made again from the restored one"
                                .formatted(folder));
            }
        }
    }

    private void start(Backends backends) {
        var wanted = new ArrayList<>(List.of(Backend.KAFKA, Backend.REGISTRY));
        if (options.fromBucket().isEmpty()) {
            wanted.add(Backend.S3);
        }
        var pids = new LinkedHashMap<String, Pids.Entry>();
        pids.put("launcher", Pids.Entry.of("launcher", ProcessHandle.current().pid(), 0));
        for (Backend backend : wanted) {
            pids.put(backend.label(), Pids.Entry.of(backend.label(), backends.launch(backend), 0));
            new Pids(List.copyOf(pids.values())).write(data.pids());
        }
        for (Backend backend : wanted) {
            backends.awaitReady(backend);
            progress.step(backend.label(), "ready");
        }
    }

    private List<String> arguments(Backends backends) {
        var words = new ArrayList<String>();
        words.add("--bootstrap=" + backends.kafkaBootstrap());
        words.add("--registry=" + backends.registryUrl());
        words.add("--replication=1");
        if (options.fromBucket().isEmpty()) {
            words.addAll(
                    bucket(
                            backends.s3Endpoint(),
                            backends.s3AccessKey(),
                            backends.s3SecretKey(),
                            backends.s3Bucket()));
        } else {
            String url = options.fromBucket();
            int slash = url.lastIndexOf('/');
            words.addAll(
                    bucket(
                            url.substring(0, slash),
                            key("S3_ACCESS_KEY"),
                            key("S3_SECRET_KEY"),
                            url.substring(slash + 1)));
        }
        return words;
    }

    private void giveRetention() {
        if (!Files.exists(data.runFile())) {
            throw new BackendException(
                    "Headwater does not run on %s: start it, and give retention when the views are there"
                            .formatted(data.root()));
        }
        JsonNode told = told();
        var s3 = told.path("s3");
        var words = new ArrayList<String>();
        words.add("--bootstrap=" + told.path("kafka").asString());
        words.add("--registry=" + told.path("schema_registry").asString());
        words.add("--replication=1");
        words.add("--retention");
        words.addAll(
                bucket(
                        s3.path("endpoint").asString(),
                        s3.path("access_key").asString(),
                        s3.path("secret_key").asString(),
                        s3.path("bucket").asString()));
        call(words);
        progress.say("the topics have their retention");
    }

    private void call(List<String> words) {
        new ModuleLoader(installation, "infra/archive", LogConfig.write(data, "restore"))
                .call(COMMAND, "restore", words.toArray(String[]::new));
    }

    private JsonNode told() {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(data.runFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String key(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new BackendException("--from-bucket needs its key: set " + name);
        }
        return value;
    }

    private static List<String> bucket(
            String endpoint, String accessKey, String secretKey, String bucket) {
        return List.of(
                "--s3-endpoint=" + endpoint,
                "--s3-access-key=" + accessKey,
                "--s3-secret-key=" + secretKey,
                "--s3-bucket=" + bucket);
    }

    private static boolean isEmpty(Path folder) {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
