package io.headwater.launcher.imports;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One run of `./headwater import`: reads the file as a stream, sends its rows in order, and after
/// each request writes down how far it came, so that the same command goes on after an
/// interruption. What was sent but not written down is sent again: the server knows each row by its
/// key.
public final class Import {

    /// Everything was done, and nothing refused.
    public static final int DONE = 0;

    /// Everything was done, and rows were refused: they stand in the file of refused rows.
    public static final int REFUSALS = 2;

    /// Of a request; the server takes 1 MB unless told otherwise.
    private static final int MOST_CHARACTERS = 400_000;

    private static final String KEY = "HEADWATER_ADMIN_KEY";

    private final ImportOptions options;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Import(
            ImportOptions options,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        this.options = options;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /// @param args kind, file and options
    /// @return the exit status
    /// @throws ImportException when it cannot begin, or not go on
    public static int run(List<String> args, Map<String, String> environment) {
        return new Import(ImportOptions.parse(args), environment, System.out, System.err).run();
    }

    int run() {
        var file = new SourceFile(options.file(), options.charset());
        String digest = file.verified();
        var checkpoint = new Checkpoint(beside(".progress.json"));
        if (options.restart()) {
            checkpoint.remove();
        }
        var reached =
                options.dryRun()
                        ? new Checkpoint.Reached(digest, 0, 0, Map.of())
                        : checkpoint.begin(
                                String.join(":", digest, options.kind().label(), options.site()));
        var api = new ImportApi(url(), key(), err::println);
        try (var bytes = file.open();
                var rows = Rows.of(file, bytes, options.separator());
                var rejects = new Rejects(rejectsOf(rows), rows.columns(), reached.rejectBytes())) {
            var shape = new RowShape(options);
            requireColumns(rows.columns(), shape);
            if (reached.rows() > 0) {
                err.println("going on after row " + reached.rows());
            }
            var report = new Report(err, file.size(), reached.rows(), reached.counts());
            var target = Target.of(options, api);
            skip(rows, reached.rows());
            report.tell(bytes.count());
            send(
                    rows,
                    row -> keyed(row, shape, digest),
                    target,
                    (batch, verdicts) -> {
                        for (int i = 0; i < batch.size(); i++) {
                            report.count(verdicts.get(i));
                            if (verdicts.get(i).isRefusal()) {
                                rejects.add(batch.get(i).row(), verdicts.get(i));
                                report.refused(batch.get(i).row().line(), verdicts.get(i));
                            }
                        }
                        long kept = rejects.kept();
                        if (!options.dryRun()) {
                            checkpoint.save(
                                    new Checkpoint.Reached(
                                            reached.subject(),
                                            report.rows(),
                                            kept,
                                            report.counts()));
                        }
                        report.tell(bytes.count());
                    });
            if (!options.dryRun()) {
                checkpoint.remove();
            }
            if (!target.unused().isEmpty()) {
                err.println("columns not used: " + String.join(", ", target.unused()));
            }
            out.println((options.dryRun() ? "dry run, nothing was written: " : "") + report.sums());
            if (report.refusals()) {
                out.println("refused rows: " + rejectsOf(rows));
            }
            return report.refusals() ? REFUSALS : DONE;
        } catch (IOException unreadable) {
            throw file.broken(unreadable);
        }
    }

    private interface Keying {
        Target.Keyed of(Row row);
    }

    private interface Told {
        void of(List<Target.Keyed> batch, List<Verdict> verdicts);
    }

    private static void send(Rows rows, Keying keying, Target target, Told told) {
        var batch = new ArrayList<Target.Keyed>();
        int characters = 0;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            var keyed = keying.of(row);
            int length = keyed.content().toString().length();
            if (batch.size() == target.batch()
                    || (!batch.isEmpty() && characters + length > MOST_CHARACTERS)) {
                flush(batch, target, told);
                characters = 0;
            }
            batch.add(keyed);
            characters += length;
        }
        flush(batch, target, told);
    }

    /// Rows that cannot be read are not sent, but told in their place.
    private static void flush(List<Target.Keyed> batch, Target target, Told told) {
        if (batch.isEmpty()) {
            return;
        }
        var readable = batch.stream().filter(keyed -> flaw(keyed) == null).toList();
        var sent =
                readable.isEmpty()
                        ? List.<Verdict>of().iterator()
                        : target.send(readable).iterator();
        var verdicts = new ArrayList<Verdict>();
        for (var keyed : batch) {
            String flaw = flaw(keyed);
            verdicts.add(flaw == null ? sent.next() : Verdict.refused(null, "malformed-row", flaw));
        }
        told.of(List.copyOf(batch), verdicts);
        batch.clear();
    }

    private static @Nullable String flaw(Target.Keyed keyed) {
        return keyed.row().flaw() != null
                ? keyed.row().flaw()
                : keyed.key().isEmpty() ? "the column of --id is empty" : null;
    }

    private static void skip(Rows rows, long count) {
        for (long i = 0; i < count; i++) {
            if (rows.next() == null) {
                throw new ImportException("the file has fewer rows than were imported");
            }
        }
    }

    private Target.Keyed keyed(Row row, RowShape shape, String digest) {
        String id = options.id();
        if (id == null) {
            return new Target.Keyed(
                    row, digest.substring(0, 32) + ":" + row.number(), shape.of(row.columns()));
        }
        String value = row.columns().path(id).asString("").strip();
        return new Target.Keyed(row, value.isEmpty() ? "" : "id:" + value, shape.of(row.columns()));
    }

    private void requireColumns(List<String> columns, RowShape shape) {
        if (columns.isEmpty()) {
            return;
        }
        var unknown = new ArrayList<>(shape.unknownIn(columns));
        if (options.id() != null && !columns.contains(options.id())) {
            unknown.add(options.id());
        }
        if (!unknown.isEmpty()) {
            throw new ImportException(
                    "the file has no column "
                            + String.join(", ", unknown)
                            + "; it has "
                            + String.join(", ", columns));
        }
    }

    private Path rejectsOf(Rows rows) {
        Path told = options.rejects();
        return told != null
                ? told
                // what an interrupted import refused so far is not touched by a dry run
                : beside(
                        (options.dryRun() ? ".dry-run-rejected." : ".rejected.")
                                + (rows.columns().isEmpty() ? "ndjson" : "csv"));
    }

    private Path beside(String ending) {
        Path name = options.file().toAbsolutePath().getFileName();
        if (name == null) {
            throw new ImportException(options.file() + " is no file");
        }
        return options.file().toAbsolutePath().resolveSibling(name + ending);
    }

    private URI url() {
        return options.url() != null
                ? options.url()
                : URI.create(runFile("command_api") + "/").normalize();
    }

    /// From the environment or a file that only its owner reads: arguments are seen by everybody.
    private String key() {
        String given = environment.getOrDefault(KEY, "").strip();
        if (!given.isEmpty()) {
            return given;
        }
        if (options.url() != null) {
            throw new ImportException(
                    "set " + KEY + " to an administrator's key of " + options.url());
        }
        return runFile("admin_api_key");
    }

    private String runFile(String member) {
        Path file = options.data().resolve("run").resolve("headwater.json");
        try {
            JsonNode told = Rows.JSON.readTree(Files.readString(file));
            String value = told.path(member).asString("");
            if (!value.isEmpty()) {
                return value;
            }
        } catch (IOException | JacksonException away) {
            throw new ImportException(
                    "Headwater does not run on "
                            + options.data()
                            + "; start it, or name another with --url and "
                            + KEY,
                    away);
        }
        throw new ImportException(file + " does not tell " + member);
    }
}
