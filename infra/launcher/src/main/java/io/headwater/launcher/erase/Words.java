package io.headwater.launcher.erase;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The words of a command: `--name value`, `--name=value` and flags.
final class Words {

    /// For what goes on without the command, where it is not told by `--wait`.
    static final Duration USUAL_WAIT = Duration.ofMinutes(10);

    private static final int MOST_MINUTES = 45_000;

    private final Map<String, List<String>> values = new TreeMap<>();
    private final Set<String> flags = new HashSet<>();

    /// @param valued options that need a value, `--data` and `--root` besides
    /// @param flags options without one
    /// @throws Failed when there is another one, or a value is missing
    static Words of(String command, List<String> args, Set<String> valued, Set<String> flags)
            throws Failed {
        var words = new Words();
        Iterator<String> given = args.iterator();
        while (given.hasNext()) {
            String word = given.next();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (flags.contains(word)) {
                words.flags.add(word);
            } else if (valued.contains(name) || name.equals("--data") || name.equals("--root")) {
                if (equals < 0 && !given.hasNext()) {
                    throw new Failed(name + " needs a value");
                }
                words.values
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(equals < 0 ? given.next() : word.substring(equals + 1));
            } else {
                // Not the word: it may be somebody's address.
                throw new Failed(
                        "unknown option%s; see ./headwater %s --help"
                                .formatted(word.startsWith("--") ? " " + name : "", command));
            }
        }
        return words;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /// The last one, as shells have it.
    @Nullable String last(String name) {
        var all = values.get(name);
        return all == null ? null : all.getLast();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// `--wait`, in minutes.
    Duration longestWait() throws Failed {
        String value = last("--wait");
        if (value == null) {
            return USUAL_WAIT;
        }
        try {
            return Duration.ofMinutes(Math.clamp(Long.parseLong(value), 0, MOST_MINUTES));
        } catch (NumberFormatException no) {
            throw new Failed(value + " is no number of minutes");
        }
    }

    @Nullable Path path(String name) {
        String value = last(name);
        return value == null ? null : Path.of(value);
    }

    Path data() {
        var data = path("--data");
        return data == null ? Path.of("data") : data;
    }
}
