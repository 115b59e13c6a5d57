package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Ports;
import io.headwater.launcher.demo.Demo;
import io.headwater.launcher.demo.DemoSettings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts everything and stays; ends when it is told to, or when a component cannot be kept
/// running.
final class Up {
    /// What an earlier run left may still be ending.
    private static final Duration PORT_LIMIT = Duration.ofSeconds(10);

    private final Options options;
    private final DataFolder data;
    private final Progress progress = new Progress();
    private volatile @Nullable Demo demo;

    Up(Options options) {
        this.options = options;
        this.data = new DataFolder(options.data());
    }

    int run() {
        data.create();
        var lock = data.lock();
        new Leftovers(Duration.ofSeconds(20)).reap(data);
        Secrets secrets = Secrets.of(data);
        progress.say("Headwater starts on " + data.root());
        var platform = new Platform(options, data, secrets, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform), "stop"));
        try {
            checkPorts();
            platform.start();
            if (options.demo()) {
                startDemo(platform, secrets);
            }
            platform.publish();
        } catch (RuntimeException | Error e) {
            if (platform.isStopping()) {
                return 1;
            }
            throw e;
        }
        sayReady(secrets);
        String reason = platform.givenUp().join();
        System.err.println("headwater: " + reason);
        return lock.isValid() ? 1 : 2;
    }

    private void startDemo(Platform platform, Secrets secrets) {
        int offset = options.portOffset();
        var settings =
                new DemoSettings(
                        URI.create(App.COMMAND_API.url(offset)),
                        URI.create(App.QUERY_API.url(offset)),
                        secrets.adminApiKey(),
                        data.root().resolve("demo.json"),
                        options.demoRate());
        Demo started = Demo.start(settings, progress::say);
        demo = started;
        platform.describe("demo", started.facts());
        progress.step("demo", "a site, five sources, visits");
    }

    private void stop(Platform platform) {
        progress.say("stopping …");
        Demo visits = demo;
        if (visits != null) {
            visits.close();
        }
        platform.stop();
        progress.say("stopped");
    }

    private void sayReady(Secrets secrets) {
        int offset = options.portOffset();
        progress.say(
                """
                Headwater is ready after %.1f s
                  dashboard and query-api   %s
                  command-api               %s
                  admin key                 %s
                  for scripts               %s
                """
                        .formatted(
                                progress.seconds(),
                                App.QUERY_API.url(offset),
                                App.COMMAND_API.url(offset),
                                secrets.adminApiKey(),
                                data.runFile())
                        .stripTrailing());
    }

    private void checkPorts() {
        Ports ports = Ports.withOffset(options.portOffset());
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (App app : App.values()) {
            if (!options.without().contains(app)) {
                wanted.put(app.label(), app.port(options.portOffset()));
            }
        }
        wanted.put("kafka", ports.kafka());
        wanted.put("kafka's controller", ports.kafkaController());
        wanted.put("postgres", ports.postgres());
        wanted.put("s3", ports.s3());
        wanted.put("registry", ports.registry());
        wanted.put("the registry's management", ports.registryManagement());
        wanted.forEach(Up::checkPort);
    }

    private static void checkPort(String component, int port) {
        if (!Ports.awaitFree(port, PORT_LIMIT)) {
            throw new BackendException(
                    "port %d of 127.0.0.1, wanted by %s, is taken by another program (lsof -nP -iTCP:%d -sTCP:LISTEN names it); stop that one, or start with --port-offset 100"
                            .formatted(port, component, port));
        }
    }
}
