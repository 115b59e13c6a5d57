package io.headwater.launcher;

import io.headwater.backends.Backend;
import io.headwater.backends.Http;
import io.headwater.backends.Ports;
import java.nio.file.Files;

/// A table of the components; ends with 0 only when all of them are up and healthy.
final class Status {
    private final DataFolder data;

    Status(Options options) {
        this.data = new DataFolder(options.data());
    }

    int run() {
        Pids pids = Pids.read(data.pids());
        if (data.launcher().isEmpty()) {
            System.out.println("Headwater does not run on " + data.root());
            return 1;
        }
        System.out.printf(
                "%-12s %-6s %8s %6s  %s%n", "component", "state", "pid", "port", "health");
        boolean allUp = true;
        for (Pids.Entry entry : pids.entries()) {
            boolean alive = entry.process().isPresent();
            boolean healthy = alive && isHealthy(entry);
            allUp &= healthy;
            System.out.printf(
                    "%-12s %-6s %8d %6s  %s%n",
                    entry.name(),
                    alive ? "up" : "down",
                    entry.pid(),
                    entry.port() == 0 ? "" : entry.port(),
                    healthy ? "ok" : "FAILS");
        }
        boolean ready = Files.exists(data.runFile());
        if (!ready) {
            System.out.println("still starting");
        }
        return allUp && ready ? 0 : 1;
    }

    private static boolean isHealthy(Pids.Entry entry) {
        if (entry.port() == 0) {
            return true;
        }
        if (entry.name().equals(Backend.REGISTRY.label())) {
            int offset = entry.port() - Ports.withOffset(0).registry();
            int management = Ports.withOffset(offset).registryManagement();
            return Http.isOk("http://127.0.0.1:" + management + "/health/ready");
        }
        for (Backend backend : Backend.values()) {
            if (backend.label().equals(entry.name())) {
                return Http.accepts(entry.port());
            }
        }
        return Http.isOk("http://127.0.0.1:" + entry.port() + "/health");
    }
}
