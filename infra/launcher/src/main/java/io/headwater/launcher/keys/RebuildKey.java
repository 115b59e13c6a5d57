package io.headwater.launcher.keys;

import io.headwater.launcher.query.NotRunningException;
import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Asks the running platform to make the rows of one lead or session anew and says what was wrong.
public final class RebuildKey {

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    RebuildKey(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param args NAME KEY and `--data DIR`
    /// @return the exit status: 0 when the rows are right now, 1 when that failed
    public static int run(List<String> args) {
        return new RebuildKey(System.out, System.err).with(args);
    }

    int with(List<String> args) {
        var words = new ArrayList<String>();
        Path data = Path.of("data");
        Iterator<String> given = args.iterator();
        while (given.hasNext()) {
            String word = given.next();
            if (word.equals("--data") || word.equals("--root")) {
                if (!given.hasNext()) {
                    return failed(word + " needs a folder");
                }
                String folder = given.next();
                data = word.equals("--data") ? Path.of(folder) : data;
            } else if (word.startsWith("--")) {
                return failed("unknown option " + word + "; see ./headwater rebuild-key --help");
            } else {
                words.add(word);
            }
        }
        if (words.size() != 2) {
            return failed("which one? ./headwater rebuild-key leads|sessions KEY");
        }
        try (var api = QueryApi.on(data)) {
            return ask(api, words.getFirst(), words.getLast());
        } catch (NotRunningException none) {
            return failed(none.reason());
        } catch (IOException away) {
            return failed("query-api does not answer: " + away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    private int ask(QueryApi api, String name, String key)
            throws IOException, InterruptedException {
        var answer =
                api.post(
                        "/api/projections/%s/keys/%s/rebuild"
                                .formatted(QueryApi.encoded(name), QueryApi.encoded(key)));
        if (!answer.good()) {
            return failed(answer.problem());
        }
        tell(name, key, answer.body());
        return DONE;
    }

    private void tell(String name, String key, JsonNode body) {
        for (JsonNode row : body.path("rows")) {
            var columns = new ArrayList<String>();
            row.path("columns").forEach(column -> columns.add(column.asString()));
            out.println(
                    "%s  %s  %s"
                            .formatted(
                                    row.path("kind").asString(),
                                    row.path("row").asString(),
                                    String.join(",", columns))
                            .stripTrailing());
        }
        for (JsonNode row : body.path("left")) {
            out.println("left  " + row.asString());
        }
        JsonNode cost = body.path("cost");
        out.println(
                "%s %s: %d of %d rows put right from %s; %d events, %d records read in %d ms, the sink waited %.1f ms"
                        .formatted(
                                name,
                                key,
                                body.path("rows").size(),
                                body.path("rows_checked").asInt(),
                                body.path("source").asString(),
                                cost.path("events").asInt(),
                                cost.path("records_read").asLong(),
                                cost.path("millis").asLong(),
                                cost.path("locked_micros").asLong() / 1_000.0));
    }

    private int failed(String reason) {
        err.println("headwater: " + reason);
        return FAILED;
    }
}
