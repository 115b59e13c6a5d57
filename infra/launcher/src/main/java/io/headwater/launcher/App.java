package io.headwater.launcher;

import java.util.Locale;

/// The four applications: module, main class and port.
enum App {
    COMMAND_API("io.headwater.command.CommandApi", 8081),
    PROJECTORS("io.headwater.projectors.Projectors", 8083),
    STREAM_JOBS("io.headwater.jobs.StreamJobs", 8082),
    QUERY_API("io.headwater.query.QueryApi", 8080);

    private final String mainClass;
    private final int basePort;

    App(String mainClass, int basePort) {
        this.mainClass = mainClass;
        this.basePort = basePort;
    }

    /// Module, log file and state folder have this name: `command-api`.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Has `public static AutoCloseable start(String...)`.
    String mainClass() {
        return mainClass;
    }

    int port(int offset) {
        return basePort + offset;
    }

    String url(int offset) {
        return "http://127.0.0.1:" + port(offset);
    }
}
