package io.headwater.launcher.erase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Puts addresses, numbers, domains or hashes of them on lists of who must not be contacted, takes
/// them off, and asks. A file is read line by line, some thousand lines at a time.
public final class Suppress {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/admin/suppressions";
    private static final String USUAL_LIST = "do-not-contact";

    /// Of one request: half a megabyte of hashes.
    private static final int LINES = 5_000;

    private static final int TOLD = 20;

    private final PrintStream out;
    private final PrintStream err;

    Suppress(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param args `--add WHAT`, `--remove WHAT`, `--check WHAT` (each may come again), `--import
    ///   FILE`, `--clear` or `--lists`; `--list NAME`, `--site ID`, `--country CODE`, `--reason
    ///   TEXT`, `--until TIME`, `--data DIR`
    /// @return the exit status: 0 when all of it was done; with `--check` 0 when none is on a list
    public static int run(List<String> args) {
        return new Suppress(System.out, System.err).with(args);
    }

    int with(List<String> args) {
        return Running.run(err, () -> start(args));
    }

    private int start(List<String> args) throws Failed, IOException, InterruptedException {
        var words =
                Words.of(
                        "suppress",
                        args,
                        Set.of(
                                "--add",
                                "--remove",
                                "--check",
                                "--import",
                                "--list",
                                "--site",
                                "--country",
                                "--reason",
                                "--until"),
                        Set.of("--lists", "--clear"));
        long asked =
                List.of("--add", "--remove", "--check", "--import").stream()
                                .filter(one -> words.last(one) != null)
                                .count()
                        + (words.has("--lists") ? 1 : 0)
                        + (words.has("--clear") ? 1 : 0);
        if (asked != 1) {
            throw new Failed(
                    "what? ./headwater suppress --add, --remove or --check WHAT, --import FILE, --clear or --lists");
        }
        return Running.on(words.data(), running -> run(running.api(), words));
    }

    private int run(AdminApi api, Words words) throws Failed, IOException, InterruptedException {
        String file = words.last("--import");
        if (words.has("--lists")) {
            for (var list : api.get(PATH)) {
                out.println(
                        "%s  of %s  %d entries"
                                .formatted(
                                        list.path("list").asString(),
                                        list.path("site_id").asString("all sites"),
                                        list.path("entries").asLong()));
            }
            return Running.DONE;
        }
        if (words.has("--clear")) {
            var answer = api.post(PATH + "/clear", body(words, List.of()));
            out.println(answer.path("list").asString() + ": nobody is on it any more");
            return Running.DONE;
        }
        if (file != null) {
            return imported(api, words, Path.of(file));
        }
        if (!words.all("--check").isEmpty()) {
            return check(api, words);
        }
        boolean adds = !words.all("--add").isEmpty();
        var answer =
                api.post(
                        adds ? PATH : PATH + "/remove",
                        body(words, words.all(adds ? "--add" : "--remove")));
        out.println(
                "%s: %d %s"
                        .formatted(
                                answer.path("list").asString(),
                                answer.path(adds ? "added" : "removed").asInt(),
                                adds ? "added" : "removed"));
        return wrong(answer, 1) == 0 ? Running.DONE : Running.FAILED;
    }

    private int check(AdminApi api, Words words) throws Failed, IOException, InterruptedException {
        var asked = words.all("--check");
        var answers = api.post(PATH + "/check", body(words, asked));
        int found = 0;
        for (int i = 0; i < asked.size(); i++) {
            var answer = answers.path(i);
            String wrong = answer.path("wrong").asString("");
            var lists = new ArrayList<String>();
            answer.path("lists").forEach(list -> lists.add(list.path("list").asString()));
            found += lists.isEmpty() && wrong.isEmpty() ? 0 : 1;
            out.println(
                    asked.get(i)
                            + "  "
                            + (wrong.isEmpty()
                                    ? lists.isEmpty() ? "on no list" : String.join(", ", lists)
                                    : wrong));
        }
        return found == 0 ? Running.DONE : Running.FAILED;
    }

    private int imported(AdminApi api, Words words, Path file)
            throws Failed, IOException, InterruptedException {
        long read = 0;
        long added = 0;
        long wrong = 0;
        // a byte that is no UTF-8 spoils its line and not the file
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            var batch = new ArrayList<String>();
            while (true) {
                String line = lines.readLine();
                if (line != null) {
                    read++;
                    batch.add(line.length() > 300 ? "?" : line);
                }
                if (batch.size() == LINES || (line == null && !batch.isEmpty())) {
                    var answer = api.post(PATH, body(words, batch));
                    added += answer.path("added").asLong();
                    wrong += wrong(answer, read - batch.size() + 1, wrong);
                    batch.clear();
                    out.println("%d lines, %d added, %d wrong".formatted(read, added, wrong));
                }
                if (line == null) {
                    return wrong == 0 ? Running.DONE : Running.FAILED;
                }
            }
        } catch (NoSuchFileException none) {
            throw new Failed("there is no file " + file);
        }
    }

    private int wrong(JsonNode answer, long firstLine) {
        return wrong(answer, firstLine, 0);
    }

    /// Tells the first ones, by line and not by what stands there: it may be somebody's address.
    ///
    /// @param before how many were told before
    /// @return how many there are
    private int wrong(JsonNode answer, long firstLine, long before) {
        long told = before;
        for (var error : answer.path("errors")) {
            if (told++ < TOLD) {
                err.println(
                        "line %d %s"
                                .formatted(
                                        firstLine + error.path("entry").asInt(),
                                        error.path("message").asString()));
            }
        }
        return answer.path("wrong").asInt();
    }

    private static String body(Words words, List<String> entries) {
        var body = JSON.createObjectNode();
        String list = words.last("--list");
        body.put("list", list == null ? USUAL_LIST : list);
        put(body, "site_id", words.last("--site"));
        put(body, "country", words.last("--country"));
        put(body, "reason", words.last("--reason"));
        put(body, "expires_at", words.last("--until"));
        var array = body.putArray("entries");
        entries.forEach(array::add);
        return body.toString();
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
