package io.headwater.projectors.planted;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// What a fold may do: no rule says a word about it.
public final class Innocent {

    private static final String NAME = "name";
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final List<String> NAMES = List.of("a", "b");
    private static final Map<String, Set<String>> KINDS = Map.of("a", Set.of("b"));
    private static final Comparator<String> ORDER = Comparator.comparing(String::length);
    private static final Limit LIMIT = new Limit(5, List.of(NAME));
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private enum Kind {
        ONE,
        TWO
    }

    private record Limit(int most, List<String> names) {}

    /// Of a task, cleared when it begins.
    private final Map<String, List<String>> remembered = new HashMap<>();

    void process(ProcessorContext<String, String> context, Record<String, String> record) {
        var words = remembered.computeIfAbsent(record.key(), _ -> new ArrayList<>());
        words.add(record.value().toLowerCase(Locale.ROOT));
        words.sort(ORDER);
        Kind kind = words.size() > LIMIT.most() ? Kind.TWO : Kind.ONE;
        String text =
                switch (kind) {
                    case ONE -> String.format(Locale.ROOT, "%d", words.size());
                    case TWO -> NAMES.getFirst() + KINDS.size() + LIMIT.names();
                };
        context.forward(record.withValue(text));
    }

    String day(long millis) {
        Instant at = Instant.ofEpochMilli(millis).plus(GAP);
        return LocalDate.ofInstant(at, ZoneOffset.UTC).format(DAY);
    }

    byte[] path(String address) {
        return URI.create(address).getPath().getBytes(StandardCharsets.UTF_8);
    }
}
