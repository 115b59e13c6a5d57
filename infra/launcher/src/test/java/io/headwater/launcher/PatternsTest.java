package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// No text of a stranger keeps a regular expression busy: every one in the sources of the
/// applications is run against repetitions, and the characters that it looks at are counted, so
/// that no clock is involved.
class PatternsTest {

    private static final List<String> MODULES =
            List.of(
                    "command-api",
                    "query-api",
                    "projectors",
                    "stream-jobs",
                    "event-schemas",
                    "infra/archive",
                    "infra/streams",
                    "infra/vault",
                    "infra/web",
                    "infra/launcher");

    /// A call with a regular expression that is written out, perhaps in several pieces.
    private static final Pattern CALL =
            Pattern.compile(
                    "(Pattern\\.compile|\\.(?:matches|replaceAll|replaceFirst|split))\\(\\s*"
                            + "(\"(?:[^\"\\\\\\n]|\\\\.)*+\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*+\")*+)\\s*[,)]");

    private static final String ALPHABET = "a0 -_.:;/\"\\@=[\t";
    private static final List<String> BEFORE =
            List.of("", "a", "aa", "a@", "q1_", "http://", "\"", "[\"", "; a=\"", "+4", "AS", "0:");
    private static final List<String> BEHIND = List.of("", "\0", "@");

    private static final int LENGTH = 600;
    private static final int LOOKS_PER_CHARACTER = 80;

    /// Long enough for the stack of a thread, where each repetition takes some of it.
    private static final int LONG = 60_000;

    private static final Pattern REPEATED_GROUP =
            Pattern.compile("\\)(?:[*+]|\\{\\d+,\\d*})(?!\\+)");

    /// What takes more, and why that is no harm: the text is short.
    private static final Set<String> SHORT_TEXTS =
            Set.of(/* an address of at most 60 characters */ "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private record Written(String file, boolean searched, String regex) {
        @Override
        public String toString() {
            return file + " " + regex;
        }
    }

    @Test
    void noTextKeepsAnyOfThemBusy() {
        var slow = new TreeSet<String>();
        var written = written();
        assertThat(written).hasSizeGreaterThan(100);

        for (Written one : written) {
            if (!SHORT_TEXTS.contains(one.regex())) {
                var pattern = Pattern.compile(one.regex());
                String text = costly(pattern, one.searched());
                if (text != null) {
                    slow.add(one + " on " + text);
                }
            }
        }

        assertThat(slow).isEmpty();
    }

    @Test
    void noTextIsTooLongForAnyOfThem() {
        var deep = new TreeSet<String>();

        for (Written one : written()) {
            if (REPEATED_GROUP.matcher(one.regex()).find()) {
                var pattern = Pattern.compile(one.regex());
                for (String pump : pumps()) {
                    String text = "aa" + pump.repeat(LONG / pump.length());
                    try {
                        pattern.matcher(text).matches();
                    } catch (StackOverflowError recursion) {
                        deep.add(one + " on " + pump);
                    }
                }
            }
        }

        assertThat(deep).isEmpty();
    }

    @Test
    void aSlowOneWouldBeFound() {
        assertThat(costly(Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"), false)).isNotNull();
        assertThat(costly(Pattern.compile("/+$"), true)).isNotNull();
        assertThat(costly(Pattern.compile("[a0]{1,20}"), true)).isNull();
    }

    private static @Nullable String costly(Pattern pattern, boolean searched) {
        for (String pump : pumps()) {
            String middle = pump.repeat(LENGTH / pump.length());
            for (String before : BEFORE) {
                for (String behind : BEHIND) {
                    var text = new Counted(before + middle + behind);
                    try {
                        pattern.matcher(text).matches();
                        if (searched) {
                            var matcher = pattern.matcher(text);
                            for (int i = 0; i < 3 && matcher.find(); i++) {
                                text.looks = 0;
                            }
                        }
                    } catch (Counted.TooManyLooks busy) {
                        return "%s + %s… + %s"
                                .formatted(quoted(before), quoted(pump), quoted(behind));
                    }
                }
            }
        }
        return null;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\0", "\\0").replace("\t", "\\t") + "'";
    }

    private static List<String> pumps() {
        var pumps = new ArrayList<String>();
        for (char first : ALPHABET.toCharArray()) {
            pumps.add(String.valueOf(first));
            for (char second : ALPHABET.toCharArray()) {
                if (first != second) {
                    pumps.add("" + first + second);
                }
            }
        }
        return pumps;
    }

    private static List<Written> written() {
        return MODULES.stream().flatMap(PatternsTest::sources).flatMap(PatternsTest::in).toList();
    }

    private static Stream<Path> sources(String module) {
        Path root = Path.of("../..", module, "src/main/java");
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Stream<Written> in(Path file) {
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        boolean searches =
                source.contains(".find(")
                        || source.contains(".replaceAll(")
                        || source.contains(".replaceFirst(")
                        || source.contains(".splitAsStream(")
                        || source.contains(".results(");
        return CALL.matcher(source)
                .results()
                .map(call ->
                        new Written(
                                file.getFileName().toString(),
                                call.group(1).equals("Pattern.compile")
                                        ? searches
                                        : !call.group(1).equals(".matches"),
                                value(call.group(2))));
    }

    /// @param literals of Java, joined by plus signs
    private static String value(String literals) {
        var value = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < literals.length(); i++) {
            char c = literals.charAt(i);
            if (inside && c == '\\') {
                value.append(literals, i, i + 2);
                i++;
            } else if (c == '"') {
                inside = !inside;
            } else if (inside) {
                value.append(c);
            }
        }
        return value.toString().translateEscapes();
    }

    /// Counts what is looked at, and has enough at some point.
    private static final class Counted implements CharSequence {

        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        static final class TooManyLooks extends RuntimeException {}

        @Override
        public char charAt(int index) {
            if (++looks > LOOKS_PER_CHARACTER * LENGTH) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
