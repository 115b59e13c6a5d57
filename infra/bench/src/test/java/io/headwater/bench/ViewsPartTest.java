package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.Topics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ViewsPartTest {

    private static final Pattern PROJECTORS = Pattern.compile("projectors \\(([^)]*)\\)");

    @Test
    void everyProjectionIsMeasuredFromAllThatItReads() {
        // given
        Map<String, Set<Topics.Topic>> readers = new TreeMap<>();
        for (var topic : Topics.FACTS) {
            var projectors = PROJECTORS.matcher(topic.readers());
            if (projectors.find()) {
                Arrays.stream(projectors.group(1).split(", "))
                        .forEach(name ->
                                readers.computeIfAbsent(name, _ -> new HashSet<>()).add(topic));
            }
        }

        // then
        assertThat(ViewsPart.SOURCES.keySet()).isEqualTo(Topics.projections());
        assertThat(ViewsPart.SOURCES)
                .allSatisfy((projection, topics) ->
                        assertThat(topics)
                                .containsExactlyInAnyOrderElementsOf(
                                        List.copyOf(readers.get(projection))));
    }
}
