package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// `docs/events.md` is made from the catalogue; `mvn -pl event-schemas test -Dtest=EventsPageTest
/// -Dupdate` writes it.
class EventsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "events.md");

    @Test
    void pageSaysWhatTheCatalogueSays() throws IOException {
        String page = page();
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # Topics and events

                        Made from the catalogue (`event-schemas`, class `Topics`) by `EventsPageTest`; do not edit by hand.
                        Every value is Avro in the Confluent wire format; subjects are `<topic>-<full name of the record>`.
                        """);
        for (var topic : Topics.all()) {
            page.append("\n## `").append(topic.name()).append("`\n\n");
            page.append("key: ").append(topic.key()).append("  \n");
            page.append("kept: ").append(retention(topic)).append("  \n");
            page.append("written by: ").append(topic.writers()).append("  \n");
            page.append("read by: ").append(topic.readers()).append("\n\n");
            page.append("| record | what it says | schema |\n|---|---|---|\n");
            for (Schema schema : topic.schemas()) {
                page.append(
                        "| `%s` | %s | [%s](../event-schemas/src/main/avro/%s.avsc) |\n"
                                .formatted(
                                        schema.getName(),
                                        schema.getDoc(),
                                        schema.getName(),
                                        file(schema)));
            }
        }
        return page.toString();
    }

    private static String retention(Topics.Topic topic) {
        if (topic.compacted()) {
            return "the newest per key (compacted)";
        }
        Duration kept = topic.retention();
        return kept.isNegative() ? "for ever" : kept.toDays() + " days";
    }

    private static String file(Schema schema) {
        String feature =
                schema.getNamespace().substring(schema.getNamespace().lastIndexOf('.') + 1);
        return switch (feature) {
                    case "views" -> "view/";
                    case "command", "events" -> "common/";
                    default -> feature + "/";
                }
                + schema.getName();
    }
}
