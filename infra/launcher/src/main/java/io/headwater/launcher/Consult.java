package io.headwater.launcher;

import io.headwater.launcher.doctor.Doctor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `./headwater doctor`: shows the doctor what runs on a data folder.
final class Consult {

    private final DataFolder data;
    private final Map<String, String> environment;

    Consult(Options options, Map<String, String> environment) {
        this.data = new DataFolder(options.data());
        this.environment = environment;
    }

    int run() {
        if (!Files.isDirectory(data.root())) {
            System.out.println("there is nothing in " + data.root() + " yet");
            return 0;
        }
        var secret = List.of(data.secrets(), data.runFile(), data.pids(), data.kek());
        try {
            return new Doctor(data.root(), secret, ports(), database(), environment)
                    .run(System.out);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Map<String, Integer> ports() {
        var ports = new TreeMap<String, Integer>();
        for (var entry : Pids.read(data.pids()).entries()) {
            if (entry.port() > 0 && entry.process().isPresent()) {
                ports.put(entry.name(), entry.port());
            }
        }
        return ports;
    }

    private Doctor.@Nullable Database database() throws IOException {
        if (data.launcher().isEmpty() || !Files.exists(data.runFile())) {
            return null;
        }
        var told =
                JsonMapper.builder()
                        .build()
                        .readTree(Files.readString(data.runFile()))
                        .path("postgres");
        return new Doctor.Database(
                told.path("jdbc_url").asString(),
                told.path("user").asString(),
                told.path("password").asString());
    }
}
