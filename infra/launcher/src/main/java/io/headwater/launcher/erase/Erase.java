package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Finds the leads of a person, or the sessions of a visitor and the leads that came out of them,
/// and has them forgotten. Without `--yes` it only says whom it found.
public final class Erase {

    private final PrintStream out;
    private final PrintStream err;
    private final Duration look;

    private Duration wait = Words.USUAL_WAIT;

    Erase(PrintStream out, PrintStream err, Duration look) {
        this.out = out;
        this.err = err;
        this.look = look;
    }

    /// @param args `--lead ID`, `--email ADDRESS`, `--phone NUMBER` or `--visitor ID`; `--yes`,
    ///   `--now`, `--withdraw`, `--certify`, `--wait MINUTES`, `--data DIR`; or `--certificate
    ///   LEAD`, `--pdf FILE`, `--json FILE`
    /// @return the exit status: 0 when all are forgotten, or nothing was to be done yet; with
    ///   `--certify` that of the sweep
    public static int run(List<String> args) {
        return new Erase(System.out, System.err, Running.LOOK).with(args);
    }

    int with(List<String> args) {
        return Running.run(err, () -> start(args));
    }

    private int start(List<String> args) throws Failed, IOException, InterruptedException {
        var words =
                Words.of(
                        "erase",
                        args,
                        Set.of(
                                "--lead",
                                "--email",
                                "--phone",
                                "--visitor",
                                "--wait",
                                "--certificate",
                                "--pdf",
                                "--json"),
                        Set.of("--yes", "--certify", "--now", "--withdraw"));
        if (words.has("--withdraw")
                && (words.has("--yes") || words.has("--certify") || words.has("--now"))) {
            throw new Failed(
                    "--withdraw takes it back: it goes with none of --yes, --now, --certify");
        }
        String certified = words.last("--certificate");
        if (certified != null) {
            return Running.on(words.data(), running -> certificate(running, certified, words));
        }
        var leads = Leads.of("erase", words);
        wait = words.longestWait();
        return Running.on(words.data(), running -> erase(running, leads, words));
    }

    private int erase(Running running, Leads asked, Words words)
            throws Failed, IOException, InterruptedException {
        var api = running.api();
        var found = asked.find(api);
        var leads = found.leads();
        for (var lead : leads) {
            out.println(
                    "%s  of %s  submissions %d"
                            .formatted(
                                    lead.path("lead_id").asString(),
                                    lead.path("created_at").asString(),
                                    lead.path("submissions").asInt()));
        }
        var sites = found.sessions();
        sites.forEach((site, sessions) ->
                out.println("%s/%s  sessions %d".formatted(site, asked.text(), sessions)));
        var ids = leads.stream().map(lead -> lead.path("lead_id").asString()).toList();
        if (words.has("--withdraw")) {
            new Withdrawal(api, out, look, wait).of(ids, asked.text(), sites.keySet());
            return Running.DONE;
        }
        boolean atOnce = words.has("--now");
        var window = atOnce ? Duration.ZERO : window(api);
        if (!words.has("--yes")) {
            out.println(
                    "%d found; nothing was changed. With --yes the person is forgotten, %s, which cannot be undone"
                            .formatted(
                                    ids.size() + sites.size(),
                                    window.isZero()
                                            ? "at once"
                                            : "%s later if nobody withdraws it"
                                                    .formatted(words(window))));
            return Running.DONE;
        }
        if (words.has("--certify")) {
            requireCertifiable(ids, window);
        }
        // Nobody knows what to look for once it is done.
        var person = words.has("--certify") ? Person.of(api, ids) : null;
        // what is asked about each, by what it is called here
        var wishes = new TreeMap<String, Wish>();
        for (String id : ids) {
            var all = OnePerson.of(api, List.of(id)).keySet();
            var wish = Wish.ofLead(api, id, atOnce);
            all.forEach(merged -> wishes.putIfAbsent(merged, wish.with(merged)));
        }
        for (String site : sites.keySet()) {
            wishes.put(site + "/" + asked.text(), Wish.ofVisitor(api, site, asked.text(), atOnce));
        }
        if (words.last("--wait") == null && later(wishes, window)) {
            if (atOnce) {
                throw new Failed(
                        "it was asked for before, without --now: to begin at once, --withdraw that and ask again");
            }
            if (person == null) {
                return Running.DONE;
            }
        }
        await(api, wishes);
        return person == null ? Running.DONE : certify(running, person, asked);
    }

    private void requireCertifiable(List<String> leads, Duration window) throws Failed {
        if (leads.isEmpty()) {
            throw new Failed(
                    "--certify looks for what leads are called, and there is none: nothing was changed");
        }
        if (window.compareTo(wait) >= 0) {
            throw new Failed(
                    "--certify sweeps when all is done, and it begins in %s only: nothing was changed. Give --wait %d or more, or --now"
                            .formatted(
                                    words(window),
                                    window.toMinutes() + Words.USUAL_WAIT.toMinutes()));
        }
    }

    private static Duration window(AdminApi api) throws Failed, IOException, InterruptedException {
        return Duration.ofSeconds(api.get("/admin/erasures/window").path("undo_seconds").asLong());
    }

    /// Says when it begins.
    ///
    /// @param window in which it can be withdrawn, for those of which nobody told when it ends
    /// @return whether that is later
    private boolean later(Map<String, Wish> wishes, Duration window) {
        var now = Instant.now();
        boolean later = false;
        for (var wish : wishes.entrySet()) {
            var told = wish.getValue().begins();
            var begins = told == null ? now.plus(window) : told;
            if (begins.isAfter(now)) {
                later = true;
                out.println(
                        "%s  asked for: begins at %s, in %s; until then --withdraw takes it back"
                                .formatted(
                                        wish.getKey(),
                                        begins.truncatedTo(ChronoUnit.SECONDS),
                                        words(Duration.between(now, begins))));
            }
        }
        return later;
    }

    private static String words(Duration time) {
        return time.toMinutes() < 1
                ? time.toSeconds() + " s"
                : time.toHours() < 1
                        ? time.toMinutes() + " min"
                        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }

    private int certify(Running running, Person person, Leads asked)
            throws Failed, IOException, InterruptedException {
        var values = new LinkedHashSet<>(person.values());
        asked.value().ifPresent(values::add);
        if (values.isEmpty()) {
            throw new Failed("nothing personal was known of these leads: there is nothing to find");
        }
        var report = SweepRun.of(running, values, err);
        report.lines().forEach(out::println);
        var folder = new CertificateFolder(running.data());
        for (String lead : person.leads()) {
            if (!running.api().patiently("/admin/erasures/" + encoded(lead)).isEmpty()) {
                folder.keep(Certificate.of(running, lead, report), out);
            }
        }
        return SweepCommand.status(report);
    }

    private int certificate(Running running, String lead, Words words)
            throws Failed, IOException, InterruptedException {
        var kept = new CertificateFolder(running.data()).find(lead);
        JsonNode certificate = kept.isPresent() ? kept.get() : Certificate.of(running, lead, null);
        var json = words.path("--json");
        var pdf = words.path("--pdf");
        if (json != null) {
            CertificateFolder.write(json, Certificate.pretty(certificate));
        }
        if (pdf != null) {
            CertificateFolder.write(pdf, CertificatePdf.of(certificate));
        }
        if (json == null && pdf == null) {
            out.print(Certificate.pretty(certificate));
        }
        return Running.DONE;
    }

    private void await(AdminApi api, Map<String, Wish> asked) throws Failed, InterruptedException {
        var end = Instant.now().plus(wait);
        var left = new TreeMap<>(asked);
        var said = new TreeMap<String, String>();
        while (!left.isEmpty()) {
            for (var wish : List.copyOf(left.entrySet())) {
                String id = wish.getKey();
                var job = api.poll(wish.getValue().path());
                if (job == null) {
                    continue;
                }
                String state = wish.getValue().state(job);
                if (!state.equals(said.put(id, state))) {
                    out.println(line(id, state, job));
                }
                if (state.equals("done")) {
                    left.remove(id);
                } else if (state.equals("withdrawn")) {
                    throw new Failed(id + " is not forgotten: it was withdrawn");
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

    private static String line(String id, String state, JsonNode job) {
        return switch (state) {
            case "requested" -> id + "  asked for";
            case "withdrawn" -> id + "  withdrawn";
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
}
