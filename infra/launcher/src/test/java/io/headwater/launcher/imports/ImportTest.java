package io.headwater.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private FakeCommandApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeCommandApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void rowsAreSentWithTheirColumnsFieldsAndTimes() throws IOException {
        var file =
                file(
                        "leads.csv",
                        "Mail;Created;Note\na@example.test;31.10.2025 14:30;\"two\nlines; one\"\n");

        int status =
                run(
                        "leads",
                        file,
                        "--map",
                        "email=Mail",
                        "--map=submitted_at=Created",
                        "--time-format",
                        "dd.MM.yyyy HH:mm",
                        "--zone",
                        "Europe/Berlin",
                        "--lead-source",
                        "Old CRM");

        assertThat(status).isEqualTo(Import.DONE);
        assertThat(api.paths)
                .containsExactly("/admin/import/leads?site_id=main&lead_source=Old+CRM");
        var row = api.rows.getFirst();
        assertThat(row.path("email").asString()).isEqualTo("a@example.test");
        assertThat(row.path("submitted_at").asString()).isEqualTo("2025-10-31T13:30:00Z");
        assertThat(row.path("Note").asString()).isEqualTo("two\nlines; one");
        assertThat(row.path("import_key").asString()).endsWith(":1");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 row: 1 captured");
        assertThat(folder).isDirectoryNotContaining("glob:**{progress,rejected}*");
    }

    @Test
    void anInterruptedImportGoesOnWithoutDoubles() throws IOException {
        var text = new StringBuilder("email,n\n");
        for (int i = 1; i <= 1200; i++) {
            text.append(i == 3 || i == 1100 ? "nobody" : "p" + i + "@example.test")
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        var file = file("leads.csv", text.toString());
        api.breakAfter(2);

        assertThatThrownBy(() -> run("leads", file))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("The disk of the test is full.");
        api.mend();
        int status = run("leads", file);

        assertThat(status).isEqualTo(Import.REFUSALS);
        assertThat(api.rows).hasSize(1200);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("going on after row 1000")
                .contains("1200 rows: 1198 captured, 2 refused");
        assertThat(Files.readAllLines(folder.resolve("leads.csv.rejected.csv")))
                .containsExactly(
                        "email,n,reject_line,reject_field,reject_code,reject_reason",
                        "nobody,3,4,email,invalid-email,the e-mail address is not one",
                        "nobody,1100,1101,email,invalid-email,the e-mail address is not one");
    }

    @Test
    void whatWasSentButNotWrittenDownIsADuplicate() throws IOException {
        var file =
                file("leads.ndjson", "{\"email\":\"a@example.test\",\"order\":9007199254740993}\n");

        run("leads", file);
        run("leads", file);

        assertThat(api.rows).hasSize(2);
        assertThat(api.rows.getFirst().path("order").asString()).isEqualTo("9007199254740993");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 row: 1 there already");
    }

    @Test
    void anIdIsTheKeyInEveryFile() throws IOException {
        var one = file("one.csv", "email,ref\na@example.test,77\n");
        var two = file("two.csv", "email,ref\na@example.test,77\nb@example.test,\n");

        run("leads", one, "--id", "ref");
        int status = run("leads", two, "--id", "ref");

        assertThat(status).isEqualTo(Import.REFUSALS);
        assertThat(api.rows)
                .extracting(row -> row.path("import_key").asString())
                .containsExactly("id:77", "id:77");
        assertThat(Files.readString(folder.resolve("two.csv.rejected.csv")))
                .contains("3,,malformed-row,the column of --id is empty");
    }

    @Test
    void rowsThatCannotBeReadHarmNoOther() throws IOException {
        var csv = file("a.csv", "email,n\nx@example.test\na@example.test,1\nb@example.test,2,3\n");
        var ndjson = file("b.ndjson", "{\"email\":\"c@example.test\"}\n[1]\n{\"email\":\n");

        run("leads", csv);
        run("leads", ndjson);

        assertThat(api.rows)
                .extracting(row -> row.path("email").asString())
                .containsExactly("a@example.test", "c@example.test");
        assertThat(Files.readString(folder.resolve("a.csv.rejected.csv")))
                .contains(
                        "x@example.test,,2,,malformed-row,\"the row has 1 fields, the header 2\"");
        assertThat(Files.readAllLines(folder.resolve("b.ndjson.rejected.ndjson"))).hasSize(2);
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        var file = file("leads.csv", "email\na@example.test\n");

        run("leads", file, "--dry-run");

        assertThat(api.paths).containsExactly("/admin/import/leads?site_id=main&dry_run=true");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("dry run, nothing was written");
    }

    @Test
    void sessionsAreKnownByTheirIdAndKeepBothTimes() throws IOException {
        var file =
                file(
                        "sessions.csv",
                        "Visit;Start Time;session-end;Colour\n7;31.10.2025 14:30;31.10.2025 14:35;red\n");

        int status =
                run(
                        "sessions",
                        file,
                        "--id",
                        "Visit",
                        "--time-format",
                        "dd.MM.yyyy HH:mm",
                        "--zone",
                        "Europe/Berlin",
                        "--site",
                        "north");

        assertThat(status).isEqualTo(Import.DONE);
        assertThat(api.paths).containsExactly("/admin/import/sessions?site_id=north");
        var row = api.rows.getFirst();
        assertThat(row.path("session_id").asString()).isEqualTo("7");
        assertThat(row.path("started_at").asString()).isEqualTo("2025-10-31T13:30:00Z");
        assertThat(row.path("ended_at").asString()).isEqualTo("2025-10-31T13:35:00Z");
        assertThat(row.has("import_key")).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("columns not used: Colour");
    }

    @Test
    void refusedRowsAreToldByLineAndComeAgainAsTheyWere() throws IOException {
        var file = file("leads.csv", "email,note\n\"a@example.test\",\"two\nlines\"\nnobody,x\n");

        run("leads", file, "--dry-run");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("line 4: the e-mail address is not one (invalid-email)");
        assertThat(folder.resolve("leads.csv.dry-run-rejected.csv")).exists();
        assertThat(folder.resolve("leads.csv.rejected.csv")).doesNotExist();

        run("leads", file);
        var refused = folder.resolve("leads.csv.rejected.csv");
        Files.writeString(refused, Files.readString(refused).replace("nobody", "n@example.test"));
        assertThat(run("leads", refused)).isEqualTo(Import.DONE);
        assertThat(api.rows.getLast().propertyNames())
                .containsExactlyInAnyOrder("import_key", "email", "note");
    }

    @Test
    void anotherCharsetIsSaidOrNamed() throws IOException {
        var file = folder.resolve("latin.csv");
        Files.write(
                file,
                "email,name\na@example.test,Jörg\n".getBytes(Charset.forName("windows-1252")));

        assertThatThrownBy(() -> run("leads", file))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("line 2 is no UTF-8")
                .hasMessageContaining("--charset windows-1252");
        run("leads", file, "--charset", "windows-1252");

        assertThat(api.rows).hasSize(1);
        assertThat(api.rows.getFirst().path("name").asString()).isEqualTo("Jörg");
    }

    @Test
    void aServerThatAsksForPatienceGetsIt() throws IOException {
        api.beBusyFor(2);

        int status = run("leads", file("leads.csv", "email\na@example.test\n"));

        assertThat(status).isEqualTo(Import.DONE);
        assertThat(api.rows).hasSize(1);
    }

    @Test
    void sitesAndFormsAreMadeOneByOne() throws IOException {
        run("sites", file("sites.csv", "site_id,name,domains\nnorth,North,a.test b.test\n"));
        run(
                "forms",
                file("forms.csv", "site_id,form_id,form_json\nnorth,contact,\"{\"\"a\"\":1}\"\n"));

        assertThat(api.paths).containsExactly("/analytics/sites", "/analytics/forms");
        assertThat(api.rows.getFirst().path("domains")).hasSize(2);
        assertThat(api.rows.getLast().at("/form_json/a").asInt()).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 row: 1 created");
    }

    @Test
    void sitesThatAreThereAreNeitherMadeAgainNorMistakenForOthers() throws IOException {
        var file = file("sites.csv", "site_id,site_key\nnorth,\nold,\nwest,taken\n,x\n");

        run("sites", file, "--dry-run");
        assertThat(api.paths).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("4 rows: 2 new, 1 refused, 1 there already");

        assertThat(run("sites", file)).isEqualTo(Import.REFUSALS);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("4 rows: 1 created, 2 refused, 1 there already")
                .contains("line 4: No. (site-key-taken)")
                .contains("line 5: site_id is required (invalid-fields)");
    }

    @Test
    void mistakesAreSaidBeforeAnythingIsSent() throws IOException {
        var file = file("leads.csv", "email\na@example.test\n");

        assertThatThrownBy(() -> run("leads", file, "--map", "phone=Tel"))
                .hasMessageContaining("no column Tel; it has email");
        assertThatThrownBy(() -> run("leads", folder.resolve("away.csv")))
                .hasMessageContaining("is not there");
        assertThatThrownBy(() -> run("leads", file("twice.csv", "a,a\n1,2\n")))
                .hasMessageContaining("repeated name");
        assertThatThrownBy(() -> run("people", file))
                .hasMessageContaining("leads, sites, forms or sessions");
        assertThatThrownBy(() -> run("sessions", file, "--lead-source", "CRM"))
                .hasMessageContaining("is for leads");
        assertThatThrownBy(() -> run("leads", file, "--zone", "Mars"))
                .hasMessageContaining("--zone");
        assertThatThrownBy(() ->
                        new Import(
                                        options("leads", file),
                                        Map.of("HEADWATER_ADMIN_KEY", "wrong"),
                                        System.out,
                                        System.err)
                                .run())
                .hasMessageContaining("does not take the key");
        assertThat(api.rows).isEmpty();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ImportOptions options(String kind, Path file, String... more) {
        var args = new ArrayList<>(List.of(kind, file.toString(), "--url", api.url().toString()));
        args.addAll(List.of(more));
        return ImportOptions.parse(args);
    }

    private int run(String kind, Path file, String... more) {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Import(
                        options(kind, file, more),
                        Map.of("HEADWATER_ADMIN_KEY", FakeCommandApi.KEY),
                        out,
                        out)
                .run();
    }
}
