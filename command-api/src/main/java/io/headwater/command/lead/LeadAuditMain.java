package io.headwater.command.lead;

import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// `./headwater audit leads`: ends with 0 when the store is what the events say, with 1 when it is
/// not, with 2 when that cannot be told.
public final class LeadAuditMain {

    private static final int MOST_SHOWN = 100;
    private static final Set<String> OPTIONS = Set.of("run-file", "site", "limit");

    private LeadAuditMain() {}

    public static void main(String... args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var options = options(args);
            String file = options.get("run-file");
            if (file == null) {
                throw new IllegalArgumentException("--run-file is missing");
            }
            var run = Json.read(Files.readString(Path.of(file)));
            var limit = Duration.ofSeconds(Long.parseLong(options.getOrDefault("limit", "60")));
            var audit =
                    new LeadAudit(
                            run.path("kafka").asString(),
                            SchemaIds.of(run.path("schema_registry").asString(), ""),
                            options.get("site"));
            var report = audit.run(limit);
            print(report, out);
            return report.holds() ? 0 : 1;
        } catch (IOException | RuntimeException fault) {
            err.println("headwater: the audit could not be made: " + fault.getMessage());
            return 2;
        }
    }

    private static Map<String, String> options(String[] args) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!OPTIONS.contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException("unknown or unfinished option " + args[i]);
            }
            options.put(name, args[i + 1]);
        }
        return options;
    }

    private static void print(LeadAudit.Report report, PrintStream out) {
        out.printf(
                "events %d%nleads  %d%nequal  %d%ndiffer %d%n",
                report.events(), report.leads(), report.equal(), report.differences().size());
        report.differences().entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(lead -> out.printf("%s  %s%n", lead.getKey(), lead.getValue()));
        if (report.differences().size() > MOST_SHOWN) {
            out.printf("… and %d more%n", report.differences().size() - MOST_SHOWN);
        }
    }
}
