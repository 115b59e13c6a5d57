package io.headwater.launcher.erase;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform that runs on a data folder.
///
/// @param told what its `run/headwater.json` says
record Running(Path data, JsonNode told, AdminApi api) {

    private static final int FAILED = 1;

    /// What a command does with it.
    interface Work {
        /// @return the exit status
        int with(Running running) throws Failed, IOException, InterruptedException;
    }

    /// @return the exit status; when it is 1, the reason stands on `err`
    static int run(PrintStream err, Path data, Work work) {
        try {
            return open(data, work);
        } catch (Failed failed) {
            err.println("headwater: " + failed.getMessage());
        } catch (IOException | JacksonException away) {
            err.println("headwater: query-api does not answer: " + away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            err.println("headwater: interrupted");
        }
        return FAILED;
    }

    private static int open(Path data, Work work) throws Failed, IOException, InterruptedException {
        Path file = data.resolve("run").resolve("headwater.json");
        if (!Files.exists(file)) {
            throw new Failed("Headwater does not run on " + data);
        }
        var told = new JsonMapper().readTree(Files.readString(file));
        try (var client = HttpClient.newHttpClient()) {
            var api =
                    new AdminApi(
                            client,
                            told.path("query_api").asString(),
                            told.path("admin_api_key").asString());
            return work.with(new Running(data, told, api));
        }
    }
}
