package io.headwater.launcher.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.launcher.projections.CommandLine.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void everyOptionIsRead() {
        var line =
                CommandLine.parse(
                        Verb.REBUILD,
                        List.of(
                                "--watch",
                                "--verify-only",
                                "lead_volume",
                                "--from=archive",
                                "--max-rate=500",
                                "--expect",
                                "leads.country",
                                "--expect=lead_money",
                                "--data",
                                "/x"));

        assertThat(line)
                .isEqualTo(
                        new CommandLine(
                                Verb.REBUILD,
                                "lead_volume",
                                Path.of("/x"),
                                true,
                                true,
                                "archive",
                                500,
                                List.of("leads.country", "lead_money"),
                                null,
                                null));
    }

    @Test
    void aSampleIsOfSoManyKeysAndNothingElse() {
        assertThat(CommandLine.parse(Verb.VERIFY, List.of("leads", "--sample=40")).sample())
                .isEqualTo(40);
        assertThatThrownBy(() ->
                        CommandLine.parse(
                                Verb.VERIFY, List.of("leads", "--sample", "5", "--max-rate", "9")))
                .hasMessageContaining("goes without");
        assertThatThrownBy(() -> CommandLine.parse(Verb.REBUILD, List.of("leads", "--sample", "5")))
                .hasMessageContaining("unknown option --sample");
    }

    @Test
    void verifyWatchesAndOnlyCompares() {
        var line = CommandLine.parse(Verb.VERIFY, List.of("leads"));

        assertThat(line.watch()).isTrue();
        assertThat(line.verifyOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REBUILD | '' | which projection",
                "REBUILD | Leads | no name of a projection",
                "REBUILD | leads more | one word too many",
                "REBUILD | leads --from s3 | kafka or archive",
                "REBUILD | leads --max-rate 0 | above 0",
                "REBUILD | leads --max-rate | needs a value",
                "REBUILD | leads --expect A.b | TABLE.COLUMN",
                "REBUILD | leads --generation 2 | unknown option --generation",
                "ROLLBACK | leads --watch | unknown option --watch",
                "RETIRE | leads --generation two | whole number",
                "PROJECTIONS | leads | one word too many",
            })
    void mistakesAreNamed(Verb verb, String words, String said) {
        List<String> args = words.isEmpty() ? List.of() : List.of(words.split(" "));

        assertThatThrownBy(() -> CommandLine.parse(verb, args))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining(said);
    }
}
