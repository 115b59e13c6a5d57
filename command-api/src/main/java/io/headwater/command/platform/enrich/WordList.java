package io.headwater.command.platform.enrich;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One entry a line; `#` begins a comment.
final class WordList {

    private WordList() {}

    /// @param builtIn name of the resource under `lists`
    /// @param instead the operator's file, or empty
    /// @return the entries in lower case
    static Supplier<Set<String>> of(String builtIn, String instead, Duration checkEvery) {
        return of(builtIn, instead, checkEvery, WordList::words);
    }

    /// @return what finds any of the entries, each a regular expression, in any case; a file with
    ///   one that is none counts as broken
    static Supplier<Pattern> patterns(String builtIn, String instead, Duration checkEvery) {
        return of(builtIn, instead, checkEvery, WordList::any);
    }

    private static <T> Supplier<T> of(
            String builtIn, String instead, Duration checkEvery, Function<Stream<String>, T> made) {
        T ours = made.apply(entries(resource(builtIn)));
        if (instead.isBlank()) {
            return () -> ours;
        }
        var file =
                new WatchedFile<T>(
                        Path.of(instead),
                        path -> made.apply(entries(Files.readString(path))),
                        checkEvery);
        return () -> {
            T theirs = file.get();
            return theirs == null ? ours : theirs;
        };
    }

    private static String resource(String name) {
        try (var in = WordList.class.getResourceAsStream("/lists/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Stream<String> entries(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty());
    }

    private static Set<String> words(Stream<String> entries) {
        return entries.map(entry -> entry.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Pattern any(Stream<String> entries) {
        String joined =
                entries.map(entry -> "(?:" + Pattern.compile(entry) + ')')
                        .collect(Collectors.joining("|"));
        // no entry: finds nothing
        return Pattern.compile(joined.isEmpty() ? "(?!)" : joined, Pattern.CASE_INSENSITIVE);
    }
}
