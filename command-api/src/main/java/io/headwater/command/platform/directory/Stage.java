package io.headwater.command.platform.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A step of a site's pipeline.
///
/// @param key unique within the site, a slug; leads keep it
/// @param name shown to people
/// @param kind what reaching it means to the rules
public record Stage(String key, String name, Kind kind) {

    /// Of a site that says nothing of its own.
    public static final List<Stage> STANDARD =
            List.of(
                    new Stage("new", "New", Kind.OPEN),
                    new Stage("contacted", "Contacted", Kind.OPEN),
                    new Stage("qualified", "Qualified", Kind.OPEN),
                    new Stage("appointment", "Appointment", Kind.APPOINTMENT),
                    new Stage("shown", "Shown", Kind.SHOWN),
                    new Stage("quoted", "Quoted", Kind.QUOTED),
                    new Stage("won", "Won", Kind.WON),
                    new Stage("lost", "Lost", Kind.LOST),
                    new Stage("returned", "Returned", Kind.RETURNED));

    /// Facts move a lead to the first stage of their kind; WON, LOST and RETURNED are ends.
    public enum Kind {
        OPEN,
        APPOINTMENT,
        SHOWN,
        QUOTED,
        WON,
        LOST,
        RETURNED;

        /// As it is written in settings and events: lower case.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }
}
