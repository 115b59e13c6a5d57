package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Says what would go by the rules of retention, or makes it go.
public final class RetentionCommand {

    private final PrintStream out;
    private final PrintStream err;
    private final Duration look;

    RetentionCommand(PrintStream out, PrintStream err, Duration look) {
        this.out = out;
        this.err = err;
        this.look = look;
    }

    /// @param args `--apply`, `--kind KIND`, `--wait MINUTES`, `--data DIR`
    /// @return the exit status: 0 when all that goes is gone, or what would go is told
    public static int run(List<String> args) {
        return new RetentionCommand(System.out, System.err, Running.LOOK).with(args);
    }

    int with(List<String> args) {
        return Running.run(err, () -> start(args));
    }

    private int start(List<String> args) throws Failed, IOException, InterruptedException {
        var words = Words.of("retention", args, Set.of("--kind", "--wait"), Set.of("--apply"));
        var wait = words.longestWait();
        return Running.on(words.data(), running -> run(running.api(), words, wait));
    }

    private int run(AdminApi api, Words words, Duration wait)
            throws Failed, IOException, InterruptedException {
        var rules = api.get("/admin/retention");
        for (var rule : rules.path("rules")) {
            out.println(rule(rule));
        }
        var last = rules.path("last_run");
        if (last.isObject()) {
            out.println("last run %s: %s".formatted(text(last, "at"), total(last)));
        }
        boolean apply = words.has("--apply");
        String kind = words.last("--kind");
        var asked =
                api.post(
                        "/admin/retention/run?dry_run="
                                + !apply
                                + (kind == null ? "" : "&kind=" + encoded(kind)),
                        "{}");
        var run = await(api, text(asked, "run_id"), Instant.now().plus(wait));
        out.println();
        for (var part : run.path("kinds")) {
            part(part);
        }
        out.println(
                apply
                        ? "gone: " + total(run)
                        : "would go: "
                                + total(run)
                                + "; nothing was changed. With --apply it goes, which cannot be undone");
        return Running.DONE;
    }

    private static String rule(JsonNode rule) {
        String cutoff = text(rule, "cutoff");
        var line = new StringBuilder();
        line.append(
                "%-12s %-6s %s"
                        .formatted(
                                text(rule, "kind"),
                                text(rule, "keep"),
                                cutoff.isEmpty() ? "" : "what is older than " + cutoff));
        rule.path("sites")
                .forEachEntry((site, keep) ->
                        line.append("  ").append(site).append(": ").append(keep.asString()));
        return line.toString().stripTrailing();
    }

    private void part(JsonNode part) {
        String kind = text(part, "kind");
        if (part.path("sites").isEmpty()) {
            out.println("%-12s nothing".formatted(kind));
            return;
        }
        for (var site : part.path("sites")) {
            String of = text(site, "site_id");
            out.println(
                    "%-12s %s  %s … %s%s"
                            .formatted(
                                    kind,
                                    counts(site),
                                    text(site, "oldest"),
                                    text(site, "newest"),
                                    of.isEmpty() ? "" : "  of " + of));
        }
    }

    private static String counts(JsonNode counted) {
        var counts = new StringBuilder();
        for (String what : List.of("things", "keys", "objects", "bytes")) {
            long count = counted.path(what).asLong();
            if (count > 0) {
                counts.append(counts.isEmpty() ? "" : ", ").append(what + " " + count);
            }
        }
        return counts.toString();
    }

    private static String total(JsonNode run) {
        long keys = 0;
        long objects = run.path("recordings_deleted").asLong();
        for (var part : run.path("kinds")) {
            keys += part.path("keys").asLong();
            objects += part.path("objects").asLong();
        }
        return run.path("dry_run").asBoolean()
                ? "%d keys, %d objects".formatted(keys, objects)
                : "%d keys, %d objects, %d rows cleared"
                        .formatted(keys, objects, run.path("rows_cleared").asLong());
    }

    private JsonNode await(AdminApi api, String id, Instant end)
            throws Failed, IOException, InterruptedException {
        var said = new TreeMap<String, String>();
        while (true) {
            var run = api.get("/admin/retention/runs/" + encoded(id));
            progress(run, said);
            if (text(run, "state").equals("done")) {
                return run;
            }
            if (Instant.now().isAfter(end)) {
                throw new Failed(
                        "not done yet, but it goes on: GET /admin/retention/runs/%s tells"
                                .formatted(id));
            }
            Thread.sleep(look);
        }
    }

    /// On standard error: what a dry run tells stands alone on standard output.
    private void progress(JsonNode run, TreeMap<String, String> said) {
        for (var part : run.path("kinds")) {
            String state = (text(part, "done_at").isEmpty() ? "…  " : "done  ") + counts(part);
            say(said, text(part, "kind"), state);
        }
        if (run.path("steps").asLong() > 0) {
            say(
                    said,
                    "tables and recordings",
                    "%d of %d"
                            .formatted(
                                    run.path("steps_done").asLong(), run.path("steps").asLong()));
        }
    }

    private void say(TreeMap<String, String> said, String what, String state) {
        if (!state.equals(said.put(what, state))) {
            err.println((what + "  " + state).stripTrailing());
        }
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }
}
