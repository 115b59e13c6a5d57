package io.headwater.launcher.sweep;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Something that is looked for. Kept in memory only: nothing prints it.
///
/// @param text as it was typed
public record Value(Kind kind, String text) {

    /// What a value is, and whether finding it says that it is this person.
    public enum Kind {
        EMAIL(6, true),
        PHONE(8, true),
        /// What somebody wrote, as far as it is long enough to be nobody else's.
        TEXT(20, true),
        /// Others may be called that, too.
        NAME(4, false),
        /// What a sweep plants to find it again.
        PROBE(20, true);

        private final int shortest;
        private final boolean decides;

        Kind(int shortest, boolean decides) {
            this.shortest = shortest;
            this.decides = decides;
        }

        boolean decides() {
            return decides;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws IllegalArgumentException when there is none
        public static Kind of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind != PROBE && kind.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(label));
        }

        public static String labels() {
            return Arrays.stream(values())
                    .filter(kind -> kind != PROBE)
                    .map(Kind::label)
                    .collect(Collectors.joining(", "));
        }

        int shortest() {
            return shortest;
        }
    }

    public Value {
        text = text.strip();
    }

    /// Whether it is long enough to be looked for: what is shorter stands everywhere by chance.
    public boolean isSearchable() {
        int length =
                kind == Kind.PHONE
                        ? text.replaceAll("\\D", "").length()
                        : text.getBytes(StandardCharsets.UTF_8).length;
        return length >= kind.shortest;
    }

    @Override
    public String toString() {
        return kind.label();
    }
}
