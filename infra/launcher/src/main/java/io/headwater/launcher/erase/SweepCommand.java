package io.headwater.launcher.erase;

import io.headwater.launcher.query.QueryApi;
import io.headwater.launcher.sweep.SweepReport;
import io.headwater.launcher.sweep.Value;
import io.headwater.launcher.sweep.Value.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks for values wherever the running platform keeps something.
public final class SweepCommand {

    private static final int FOUND = 2;
    private static final Set<String> OPTIONS =
            Set.of("--email", "--phone", "--name", "--text", "--lead", "--json");

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    SweepCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /// @param args `--email`, `--phone`, `--name`, `--text`, each as often as needed; or `--stdin`:
    ///   lines like `email ada@example.org`; `--lead ID`: for the certificate of this one; `--json
    ///   FILE`, `--data DIR`
    /// @return the exit status: 0 none found, 2 found, 1 unproven or not done
    public static int run(List<String> args) {
        return new SweepCommand(System.in, System.out, System.err).with(args);
    }

    int with(List<String> args) {
        return Running.run(err, () -> start(args));
    }

    private int start(List<String> args) throws Failed, IOException, InterruptedException {
        var words = Words.of("sweep", args, OPTIONS, Set.of("--stdin"));
        var values = values(words);
        return Running.on(words.data(), running -> sweep(running, words, values));
    }

    private int sweep(Running running, Words words, List<Value> values)
            throws Failed, IOException, InterruptedException {
        String lead = words.last("--lead");
        // Before the search, which may take long.
        if (lead != null) {
            CertificateFolder.checked(lead);
            running.api().get("/admin/erasures/" + QueryApi.encoded(lead));
        }
        var report = SweepRun.of(running, values, err);
        report.lines().forEach(out::println);
        Path json = words.path("--json");
        if (json != null) {
            CertificateFolder.write(json, Certificate.pretty(Certificate.tree(report)));
        }
        if (lead != null) {
            new CertificateFolder(running.data()).keep(Certificate.of(running, lead, report), out);
        }
        return status(report);
    }

    static int status(SweepReport report) {
        return switch (report.verdict()) {
            case NONE_FOUND -> Running.DONE;
            case FOUND -> FOUND;
            case UNPROVEN -> Running.FAILED;
        };
    }

    private List<Value> values(Words words) throws Failed {
        var values = new ArrayList<Value>();
        for (var kind : List.of(Kind.EMAIL, Kind.PHONE, Kind.NAME, Kind.TEXT)) {
            words.all("--" + kind.label()).forEach(text -> values.add(new Value(kind, text)));
        }
        if (words.has("--stdin")) {
            read(values);
        }
        if (values.isEmpty()) {
            throw new Failed(
                    "for what? ./headwater sweep --email ADDRESS, --phone +NUMBER, --name NAME, --text WORDS or --stdin");
        }
        for (var value : values) {
            if (!value.isSearchable()) {
                throw new Failed(
                        "one %s is too short: it would stand everywhere"
                                .formatted(value.kind().label()));
            }
        }
        return values;
    }

    /// What is typed as an option other users of the machine may see in its list of processes.
    private void read(List<Value> values) throws Failed {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().filter(line -> !line.isBlank()).toList()) {
                String[] parts = line.strip().split("\\s+", 2);
                if (parts.length < 2) {
                    throw new Failed("a line of standard input is not like: email ada@example.org");
                }
                try {
                    values.add(new Value(Kind.of(parts[0]), parts[1]));
                } catch (IllegalArgumentException unknown) {
                    throw new Failed(
                            "a line of standard input does not begin with one of " + Kind.labels());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Failed("standard input cannot be read: " + e.getMessage());
        }
    }
}
