package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.ChildProcess;
import io.headwater.backends.ChildSpec;
import io.headwater.backends.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/// A started application, in this JVM or in one of its own.
interface RunningApp extends AutoCloseable {

    long pid();

    /// Returns when it has started; it may not be well yet.
    void awaitStarted();

    /// Completes with the exit status of its process; never for one in this JVM.
    CompletableFuture<Integer> onExit();

    @Override
    void close();

    /// In this JVM, in a class loader of its own.
    static RunningApp here(Installation installation, App app, Map<String, String> settings) {
        var loader = new ModuleLoader(installation, app.label());
        loader.disableTomcatUrlHandler();
        loader.preferNativeLz4();
        Object context = loader.call(app.mainClass(), "start", AppSettings.asArguments(settings));
        return new InThisJvm(app, (AutoCloseable) context);
    }

    /// In a child process; returns at once. The settings go through the environment, because
    /// arguments can be listed by everyone.
    static RunningApp isolated(
            Installation installation, DataFolder data, App app, Map<String, String> settings) {
        ChildProcess child =
                ChildProcess.start(
                        new ChildSpec(
                                app.label(),
                                List.of(
                                        "-Xmx320m",
                                        "-XX:+UseSerialGC",
                                        "-XX:+ExitOnOutOfMemoryError",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow"),
                                installation.withBackends(app.label()),
                                "io.headwater.backends.child.AppMain",
                                List.of(app.mainClass()),
                                Map.of(
                                        "SPRING_APPLICATION_JSON",
                                        JsonMapper.shared().writeValueAsString(settings)),
                                data.logs().resolve(app.label() + ".out"),
                                Duration.ofMinutes(3),
                                Duration.ofSeconds(40)));
        return new InItsOwn(child);
    }

    record InThisJvm(App app, AutoCloseable context) implements RunningApp {
        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void awaitStarted() {}

        @Override
        public CompletableFuture<Integer> onExit() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            try {
                context.close();
            } catch (Exception e) {
                throw new BackendException(app.label() + " did not stop cleanly: " + e, e);
            }
        }
    }

    record InItsOwn(ChildProcess child) implements RunningApp {
        @Override
        public long pid() {
            return child.pid();
        }

        @Override
        public void awaitStarted() {
            child.awaitReady();
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return child.onExit();
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
