package io.headwater.launcher.erase;

import io.headwater.launcher.query.NotRunningException;
import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// The platform that runs on a data folder.
///
/// @param told what its `run/headwater.json` says
record Running(Path data, JsonNode told, AdminApi api) {

    static final int DONE = 0;
    static final int FAILED = 1;

    /// Between two looks at how far it is with what it was asked for.
    static final Duration LOOK = Duration.ofSeconds(1);

    /// A command, from its words to its exit status.
    interface Command {
        /// @return the exit status
        int run() throws Failed, IOException, InterruptedException;
    }

    /// What a command does with it.
    interface Work {
        /// @return the exit status
        int with(Running running) throws Failed, IOException, InterruptedException;
    }

    /// @return the exit status; when it is 1, the reason stands on `err`
    static int run(PrintStream err, Command command) {
        try {
            return command.run();
        } catch (Failed failed) {
            err.println("headwater: " + failed.getMessage());
        } catch (IOException away) {
            err.println("headwater: query-api does not answer: " + away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            err.println("headwater: interrupted");
        }
        return FAILED;
    }

    /// @return the exit status
    /// @throws Failed when nothing runs on the folder
    static int on(Path data, Work work) throws Failed, IOException, InterruptedException {
        try (var api = QueryApi.on(data)) {
            return work.with(new Running(data, api.told(), new AdminApi(api)));
        } catch (NotRunningException none) {
            throw new Failed(none.reason());
        }
    }
}
