package io.headwater.command.platform.retention;

import io.headwater.vault.DataKeys;
import io.headwater.vault.DataKind;
import java.util.Set;
import java.util.regex.Pattern;

/// How long a kind of data is kept, as people write it: `30d`, or `keep` for ever.
///
/// @param days 0: for ever
public record Kept(int days) {

    /// Kinds of which a site may have a rule of its own: of the others nothing tells the site.
    public static final Set<DataKind> OF_SITES =
            Set.of(DataKind.BODIES, DataKind.SUBMISSIONS, DataKind.FACTS, DataKind.SESSIONS);

    public static final Kept FOR_EVER = new Kept(0);

    /// A hundred years: longer is for ever.
    private static final int MOST_DAYS = 36_500;

    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

    /// Keys wait in pools, and what waits to be read is sealed with one: [DataKeys#SHELF_LIFE],
    /// then commands are kept for a week, and those that failed for a month.
    private static final int LEAST_OF_UNUSED_KEYS =
            Math.toIntExact(DataKeys.SHELF_LIFE.toDays()) + 7 + 30 + 3;

    /// @throws IllegalArgumentException with words that follow the name of what is wrong
    public static Kept of(DataKind kind, String word) {
        if (word.equals("keep")) {
            return FOR_EVER;
        }
        var match = DAYS.matcher(word);
        if (!match.matches()) {
            throw new IllegalArgumentException("must be days, such as 30d, or keep");
        }
        int days = Integer.parseInt(match.group(1));
        int least = kind == DataKind.UNUSED_KEYS ? LEAST_OF_UNUSED_KEYS : 1;
        if (days < least || days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "must be %dd to %dd, or keep".formatted(least, MOST_DAYS));
        }
        return new Kept(days);
    }

    public boolean forEver() {
        return days == 0;
    }

    /// As it is written.
    @Override
    public String toString() {
        return forEver() ? "keep" : days + "d";
    }
}
