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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One entry a line, in any case; `#` begins a comment.
final class WordList {

    private WordList() {}

    /// @param builtIn name of the resource under `lists`
    /// @param instead the operator's file, or empty
    static Supplier<Set<String>> of(String builtIn, String instead, Duration checkEvery) {
        var ours = resource(builtIn);
        if (instead.isBlank()) {
            return () -> ours;
        }
        var file = new WatchedFile<>(Path.of(instead), WordList::read, checkEvery);
        return () -> Objects.requireNonNullElse(file.get(), ours);
    }

    private static Set<String> resource(String name) {
        try (var in = WordList.class.getResourceAsStream("/lists/" + name)) {
            return entries(
                    new String(
                            Objects.requireNonNull(in, name).readAllBytes(),
                            StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Set<String> read(Path file) throws IOException {
        return entries(Files.readString(file));
    }

    private static Set<String> entries(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
