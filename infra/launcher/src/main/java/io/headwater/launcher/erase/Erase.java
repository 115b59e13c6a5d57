package io.headwater.launcher.erase;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the leads of a person, or the sessions of a visitor and the leads that came out of them,
/// and has them forgotten. Without `--yes` it only says whom it found.
public final class Erase {

    static final JsonMapper JSON = new JsonMapper();
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration USUAL_WAIT = Duration.ofMinutes(10);
    private static final int MOST = 100;
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;
    private final Duration look;

    private Path data = Path.of("data");
    private final Map<String, String> who = new TreeMap<>();
    private boolean sure;
    private Duration wait = USUAL_WAIT;

    Erase(PrintStream out, PrintStream err, Duration look) {
        this.out = out;
        this.err = err;
        this.look = look;
    }

    /// @param args `--lead ID`, `--email ADDRESS`, `--phone NUMBER` or `--visitor ID`; `--yes`,
    ///   `--wait MINUTES`, `--data DIR`
    /// @return the exit status: 0 when all are forgotten, or nothing was to be done yet
    public static int run(List<String> args) {
        return new Erase(System.out, System.err, LOOK).with(args);
    }

    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    int with(List<String> args) {
        try {
            read(args);
            Path running = data.resolve("run").resolve("headwater.json");
            if (!Files.exists(running)) {
                throw new Failed("Headwater does not run on " + data);
            }
            var platform = JSON.readTree(Files.readString(running));
            try (var client = HttpClient.newHttpClient()) {
                erase(
                        new Api(
                                client,
                                platform.path("query_api").asString(),
                                platform.path("admin_api_key").asString()));
            }
            return DONE;
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

    private void read(List<String> args) throws Failed {
        Iterator<String> given = args.iterator();
        while (given.hasNext()) {
            String word = given.next();
            if (word.equals("--yes")) {
                sure = true;
                continue;
            }
            if (!List.of("--lead", "--email", "--phone", "--visitor", "--wait", "--data", "--root")
                    .contains(word)) {
                throw new Failed("unknown option " + word + "; see ./headwater erase --help");
            }
            if (!given.hasNext()) {
                throw new Failed(word + " needs a value");
            }
            String value = given.next();
            switch (word) {
                case "--data" -> data = Path.of(value);
                case "--wait" -> wait = minutes(value);
                case "--root" -> {
                    // of the script, for others
                }
                default -> who.put(word, value);
            }
        }
        if (who.size() != 1) {
            throw new Failed(
                    "whom? ./headwater erase --lead ID, --email ADDRESS, --phone +NUMBER or --visitor ID");
        }
        if (who.containsKey("--phone") && !who.get("--phone").startsWith("+")) {
            throw new Failed(
                    "a number begins with + and the country's code, else it may be another's");
        }
    }

    private static Duration minutes(String value) throws Failed {
        try {
            return Duration.ofMinutes(Math.clamp(Long.parseLong(value), 0, 10_000));
        } catch (NumberFormatException no) {
            throw new Failed(value + " is no number of minutes");
        }
    }

    private void erase(Api api) throws Failed, IOException, InterruptedException {
        var visits = who.containsKey("--visitor") ? VisitorFound.of(api, visitor()) : null;
        var leads = visits == null ? found(api) : visits.leads();
        for (var lead : leads) {
            out.println(
                    "%s  of %s  submissions %d"
                            .formatted(
                                    lead.path("lead_id").asString(),
                                    lead.path("created_at").asString(),
                                    lead.path("submissions").asInt()));
        }
        var sites = visits == null ? Map.<String, Integer>of() : visits.sessions();
        sites.forEach((site, sessions) ->
                out.println("%s/%s  sessions %d".formatted(site, visitor(), sessions)));
        if (leads.isEmpty() && sites.isEmpty()) {
            throw new Failed(visits == null ? "there is no such lead" : "there is no such visitor");
        }
        if (!sure) {
            out.println(
                    "%d found; nothing was changed. With --yes the person is forgotten, which cannot be undone"
                            .formatted(leads.size() + sites.size()));
            return;
        }
        // what is asked about each, by what it is called here
        var asked = new TreeMap<String, Wish>();
        for (var lead : leads) {
            String id = lead.path("lead_id").asString();
            api.post("/analytics/leads/" + encoded(id) + "/erase", "{}");
            asked.put(id, new Wish("/admin/erasures/" + encoded(id), ""));
        }
        for (String site : sites.keySet()) {
            var wish = JSON.createObjectNode().put("site_id", site).put("visitor_id", visitor());
            var answer = api.post("/admin/erasures/visitor", wish.toString());
            asked.put(
                    site + "/" + visitor(),
                    new Wish(
                            "/admin/erasures/visitor?site_id=%s&visitor_id=%s"
                                    .formatted(encoded(site), encoded(visitor())),
                            answer.path("requested_at").asString("")));
        }
        await(api, asked);
    }

    private String visitor() {
        return who.getOrDefault("--visitor", "");
    }

    private List<JsonNode> found(Api api) throws Failed, IOException, InterruptedException {
        String lead = who.get("--lead");
        if (lead != null) {
            return List.of(api.get("/analytics/leads/" + encoded(lead)));
        }
        String email = who.get("--email");
        String asked =
                email != null
                        ? "email=" + encoded(email)
                        : "phone=" + encoded(who.getOrDefault("--phone", ""));
        var items = api.get("/analytics/leads?limit=" + MOST + "&" + asked).path("items");
        if (items.size() == MOST) {
            throw new Failed(
                    "%d leads or more match: erase them one by one, by --lead".formatted(MOST));
        }
        var leads = new ArrayList<JsonNode>();
        for (var one : items) {
            if (email != null
                    || digits(one.path("phone").asString(""))
                            .equals(digits(who.getOrDefault("--phone", "")))) {
                leads.add(one);
            }
        }
        return leads;
    }

    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }

    private void await(Api api, Map<String, Wish> asked)
            throws Failed, IOException, InterruptedException {
        var end = Instant.now().plus(wait);
        var left = new TreeMap<>(asked);
        var said = new TreeMap<String, String>();
        while (!left.isEmpty()) {
            for (var wish : List.copyOf(left.entrySet())) {
                String id = wish.getKey();
                var job = api.find(wish.getValue().path());
                String state = wish.getValue().state(job);
                if (!state.equals(said.put(id, state))) {
                    out.println(line(id, state, job));
                }
                if (state.equals("done")) {
                    left.remove(id);
                }
            }
            if (!left.isEmpty()) {
                if (Instant.now().isAfter(end)) {
                    throw new Failed(
                            "not done within %d minutes, but it goes on: GET /admin/erasures tells"
                                    .formatted(wait.toMinutes()));
                }
                Thread.sleep(look);
            }
        }
    }

    /// What was asked for.
    ///
    /// @param path where it is told how far that is
    /// @param at when, as it is told there; empty: once for all, as with leads
    private record Wish(String path, String at) {

        /// Of a visitor who was forgotten before, an older wish is told until this one was read.
        String state(JsonNode job) {
            boolean older = !at.isEmpty() && !at.equals(job.path("requested_at").asString(""));
            return older ? "requested" : job.path("state").asString("requested");
        }
    }

    private static String line(String id, String state, JsonNode job) {
        return switch (state) {
            case "requested" -> id + "  asked for";
            case "forgotten" -> id + "  nothing finds the lead any more";
            case "destroyed" -> id + "  keys destroyed: " + job.path("keys").asInt();
            case "done" ->
                    "%s  done: %d keys destroyed, %d rows cleared, %d recordings deleted"
                            .formatted(
                                    id,
                                    job.path("keys").asInt(),
                                    job.path("rows").path("tables").asInt(),
                                    job.path("rows").path("recordings").asInt());
            default -> id + "  " + state;
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
