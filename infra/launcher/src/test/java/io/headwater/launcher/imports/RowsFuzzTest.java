package io.headwater.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that somebody exported somewhere.
class RowsFuzzTest {

    @TempDir private static Path folder;

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "Mail;Created;Note\n"
                                + "a@example.test;31.10.2025 14:30;\"two\n"
                                + "lines; \"\"one\"\"\"\n"
                                + ";;\n",
                        "\uFEFFemail,created_at\r\n"
                                + "a@example.test,2026-11-21 08:00:00+01:00\r\n"
                                + "b,c,d\r\n",
                        "a\tb\n\"open\t1",
                        "{\"email\":\"a@example.test\",\"createdAt\":\"2026-11-21\",\"n\":1e999999999}\n"
                                + "[]\n"
                                + "{\"a\":1,\"a\":2}\n")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) throws IOException {
        Path path = folder.resolve("rows");
        Files.write(path, input);
        var file = new SourceFile(path, StandardCharsets.UTF_8);
        var shape =
                new RowShape(
                        ImportOptions.parse(
                                List.of("leads", path.toString(), "--data", folder.toString())));
        long number = 0;
        try {
            file.verified();
            try (var rows = Rows.of(file, file.open(), null)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    assertThat(row.number()).isEqualTo(++number);
                    Rows.JSON.writeValueAsString(shape.of(row.columns()));
                }
            }
        } catch (ImportException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
