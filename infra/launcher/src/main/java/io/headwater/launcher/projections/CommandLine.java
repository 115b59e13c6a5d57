package io.headwater.launcher.projections;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line.
///
/// @param name of the projection; empty where the command is about all
/// @param data of the platform that is asked
/// @param watch stay until the generation is live, compared or failed
/// @param verifyOnly compare, do not switch
/// @param from kafka or archive; null: as the platform likes
/// @param maxRate source records per second; null: as many as the governor lets it
/// @param expected table or table.column that may differ
/// @param generation null: the newest, or all
/// @param sample compare so many keys with what their events give, instead of everything; null:
///   everything
record CommandLine(
        Verb verb,
        String name,
        Path data,
        boolean watch,
        boolean verifyOnly,
        @Nullable String from,
        @Nullable Integer maxRate,
        List<String> expected,
        @Nullable Integer generation,
        @Nullable Integer sample) {
    private static final String NAME = "[a-z0-9_]+";
    private static final String COLUMN = NAME + "(\\." + NAME + ")?";

    enum Verb {
        PROJECTIONS("projections", Set.of()),
        REBUILD("rebuild", Set.of("--watch", "--verify-only", "--from", "--max-rate", "--expect")),
        VERIFY("verify", Set.of("--watch", "--from", "--max-rate", "--expect", "--sample")),
        ROLLBACK("rollback", Set.of()),
        RETIRE("retire", Set.of("--generation")),
        REPORT("report", Set.of("--generation"));

        private final String word;
        private final Set<String> options;

        Verb(String word, Set<String> options) {
            this.word = word;
            this.options = options;
        }

        String word() {
            return word;
        }

        static @Nullable Verb of(String word) {
            for (Verb verb : values()) {
                if (verb.word.equals(word)) {
                    return verb;
                }
            }
            return null;
        }
    }

    /// @throws OperatorException that names what is wrong
    static CommandLine parse(Verb verb, List<String> args) {
        String name = "";
        Path data = Path.of("data");
        boolean watch = verb == Verb.VERIFY;
        boolean verifyOnly = verb == Verb.VERIFY;
        String from = null;
        Integer maxRate = null;
        var expected = new ArrayList<String>();
        Integer generation = null;
        Integer sample = null;
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (!word.startsWith("--")) {
                if (!name.isEmpty() || verb == Verb.PROJECTIONS) {
                    throw new OperatorException("'" + word + "' is one word too many; see --help");
                }
                name = word;
                continue;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            if (!option.equals("--data") && !verb.options.contains(option)) {
                throw new OperatorException(
                        "unknown option " + word + "; see ./headwater " + verb.word + " --help");
            }
            switch (option) {
                case "--watch" -> watch = true;
                case "--verify-only" -> verifyOnly = true;
                case "--data" -> data = Path.of(value(word, equals, words));
                case "--from" -> from = log(value(word, equals, words));
                case "--max-rate" -> maxRate = number(option, value(word, equals, words));
                case "--sample" -> sample = number(option, value(word, equals, words));
                case "--generation" -> generation = number(option, value(word, equals, words));
                default -> expected.add(column(value(word, equals, words)));
            }
        }
        if (verb != Verb.PROJECTIONS && !name.matches(NAME)) {
            throw new OperatorException(
                    name.isEmpty()
                            ? "which projection? ./headwater projections lists them"
                            : "'" + name + "' is no name of a projection");
        }
        if (sample != null && (from != null || maxRate != null || !expected.isEmpty())) {
            throw new OperatorException("--sample goes without --from, --max-rate and --expect");
        }
        return new CommandLine(
                verb,
                name,
                data,
                watch,
                verifyOnly,
                from,
                maxRate,
                List.copyOf(expected),
                generation,
                sample);
    }

    private static String log(String name) {
        if (!name.equals("kafka") && !name.equals("archive")) {
            throw new OperatorException("--from must be kafka or archive, not '" + name + "'");
        }
        return name;
    }

    private static String value(String word, int equals, Iterator<String> words) {
        if (equals > 0) {
            return word.substring(equals + 1);
        }
        if (!words.hasNext()) {
            throw new OperatorException(word + " needs a value");
        }
        return words.next();
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new OperatorException(
                    option + " needs a whole number above 0, got '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    private static String column(String value) {
        if (!value.matches(COLUMN)) {
            throw new OperatorException(
                    "--expect needs TABLE or TABLE.COLUMN, got '" + value + "'");
        }
        return value;
    }
}
