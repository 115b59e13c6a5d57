package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every schema stays FULL_TRANSITIVE with every release: old readers read new records, new readers
/// read old ones.
///
/// `src/baseline/<release>` holds the schemas of a release and, as hex, the bytes of one record of
/// each. The folder `next` is the release in the making: `mvn -pl event-schemas test
/// -Dtest=SchemaHistoryTest -Dupdate` cuts it again, and cutting the first tagged release means
/// renaming it to the tag. A folder with a tag's name is never changed.
class SchemaHistoryTest {

    private static final Path BASELINE = Path.of("src", "baseline");
    private static final Path NEXT = BASELINE.resolve("next");
    private static final String ADVICE =
            """
            While no release has this record, cut the baseline again:
              mvn -pl event-schemas test -Dtest=SchemaHistoryTest -Dupdate
            Once a release has it, change the schema so that old and new read each other:
              a field comes or goes only with a default, nothing is renamed, no type gets narrower.
            """;

    @BeforeAll
    static void cutAgain() throws IOException {
        if (System.getProperty("update") == null) {
            return;
        }
        Files.createDirectories(NEXT);
        for (Path file : list(NEXT)) {
            Files.delete(file);
        }
        for (Schema schema : CataloguedSchemas.all()) {
            Files.writeString(
                    NEXT.resolve(schema.getFullName() + ".avsc"), schema.toString(true) + "\n");
            Files.writeString(
                    NEXT.resolve(schema.getFullName() + ".hex"),
                    HexFormat.of().formatHex(bytes(sample(schema))) + "\n");
        }
    }

    @Test
    void everySchemaIsFullyCompatibleWithEveryRelease() throws IOException {
        for (Path release : releases()) {
            for (Schema now : CataloguedSchemas.all()) {
                Path file = release.resolve(now.getFullName() + ".avsc");
                if (Files.exists(file)) {
                    Schema then = parse(file);
                    requireReads(now, then, release);
                    requireReads(then, now, release);
                }
            }
        }
    }

    @Test
    void noReleasedRecordIsRenamedOrGone() throws IOException {
        var now = CataloguedSchemas.all().stream().map(Schema::getFullName).toList();

        for (Path release : releases()) {
            var then =
                    list(release).stream()
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".avsc"))
                            .map(name -> name.substring(0, name.length() - ".avsc".length()))
                            .toList();
            assertThat(now)
                    .as("records of %s. %s", release.getFileName(), ADVICE)
                    .containsAll(then);
        }
    }

    @Test
    void everyRecordHasABaseline() throws IOException {
        var releases = releases();
        for (Schema schema : CataloguedSchemas.all()) {
            assertThat(releases)
                    .as("%s has no baseline. %s", schema.getFullName(), ADVICE)
                    .anyMatch(release ->
                            Files.exists(release.resolve(schema.getFullName() + ".avsc")));
        }
    }

    @Test
    void bytesOfEveryReleaseAreStillReadAndWrittenAlike() throws IOException {
        for (Path release : releases()) {
            for (Path file : list(release)) {
                if (file.toString().endsWith(".hex")) {
                    readsGoldenBytes(file);
                }
            }
        }
    }

    @Test
    void everyReleaseReadsTodaysBytes() throws IOException {
        for (Path release : releases()) {
            for (Schema now : CataloguedSchemas.all()) {
                Path file = release.resolve(now.getFullName() + ".avsc");
                if (Files.exists(file)) {
                    Schema then = parse(file);
                    byte[] today = bytes(sample(now));
                    var read =
                            new GenericDatumReader<Object>(now, then)
                                    .read(null, DecoderFactory.get().binaryDecoder(today, null));
                    assertThat(read).as(file.toString()).isNotNull();
                }
            }
        }
    }

    private static void readsGoldenBytes(Path hex) throws IOException {
        byte[] golden = HexFormat.of().parseHex(Files.readString(hex).strip());
        Path file = hex.resolveSibling(hex.getFileName().toString().replace(".hex", ".avsc"));
        Schema then = parse(file);
        Schema now = now(then.getFullName());
        SpecificRecord read =
                new SpecificDatumReader<SpecificRecord>(then, now)
                        .read(null, DecoderFactory.get().binaryDecoder(golden, null));
        if (then.equals(now)) {
            assertThat(read.toString()).as(hex.toString()).isEqualTo(sample(now).toString());
            assertThat(bytes(read)).as(hex.toString()).isEqualTo(golden);
        }
    }

    private static void requireReads(Schema reader, Schema writer, Path release) {
        SchemaPairCompatibility found =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
            fail(
                    String.format(
                            Locale.ROOT,
                            "%s is not FULL_TRANSITIVE with release %s: %s%n%s",
                            reader.getFullName(),
                            release.getFileName(),
                            reasons(found),
                            ADVICE));
        }
    }

    private static List<String> reasons(SchemaPairCompatibility found) {
        return found.getResult().getIncompatibilities().stream()
                .map(one -> one.getType() + " at " + one.getLocation() + ": " + one.getMessage())
                .toList();
    }

    private static SpecificRecord sample(Schema schema) {
        return SampleEvents.filled(
                SpecificData.get().getClass(schema).asSubclass(SpecificRecord.class));
    }

    private static byte[] bytes(SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Schema now(String fullName) {
        return CataloguedSchemas.all().stream()
                .filter(schema -> schema.getFullName().equals(fullName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(fullName + " is gone. " + ADVICE));
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static List<Path> releases() throws IOException {
        return list(BASELINE);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }
}
