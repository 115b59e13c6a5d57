package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Pii;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// What every schema of the catalogue keeps to.
class SchemaRulesTest {

    /// Of a person, wherever they occur: their type must be [Pii], never a plain string.
    private static final Set<String> PERSONAL =
            Set.of(
                    "email",
                    "phone",
                    "first_name",
                    "last_name",
                    "full_name",
                    "user_ip",
                    "remote_ip",
                    "ip",
                    "user_agent",
                    "message",
                    "payload",
                    "body",
                    "secrets");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    @Test
    void personalDataIsNeverAPlainString() {
        var plain = new ArrayList<String>();
        for (Schema record : CataloguedSchemas.records()) {
            for (var field : record.getFields()) {
                Schema type = CataloguedSchemas.bare(field.schema());
                if (PERSONAL.contains(field.name()) && !type.equals(Pii.getClassSchema())) {
                    plain.add(record.getFullName() + "." + field.name());
                }
            }
        }
        assertThat(plain).isEmpty();
    }

    /// What holds a [Pii] says whether it is a person's or a secret: the first is sealed on its way
    /// to a topic, the second was sealed where it was made.
    @Test
    void whatIsPersonalIsDeclared() {
        for (Schema record : CataloguedSchemas.records()) {
            for (var field : record.getFields()) {
                boolean holds = CataloguedSchemas.bare(field.schema()).equals(Pii.getClassSchema());
                boolean personal = Boolean.TRUE.equals(field.getObjectProp("pii"));
                boolean secret = Boolean.TRUE.equals(field.getObjectProp("secret"));
                assertThat(personal ^ secret)
                        .as("%s.%s", record.getFullName(), field.name())
                        .isEqualTo(holds);
                assertThat(personal && secret).isFalse();
            }
        }
    }

    /// A value keeps what it was sealed as wherever it is copied to.
    @Test
    void whatARowShowsIsSealedAsItWasInTheEvent() {
        assertThat(sealedAs("Submission", "full_name"))
                .isEqualTo(sealedAs("LeadRow", "first_name"));
        assertThat(sealedAs("LeadNoted", "message")).isEqualTo(sealedAs("LeadTimelineRow", "note"));
        assertThat(sealedAs("CrmActivityRecorded", "summary"))
                .isEqualTo(sealedAs("LeadTimelineRow", "note"));
        assertThat(sealedAs("Submission", "message"))
                .isEqualTo(sealedAs("LeadTimelineRow", "note"));
        assertThat(sealedAs("WebhookReceived", "remote_ip"))
                .isEqualTo(sealedAs("WebhookRow", "remote_ip"));
        assertThat(sealedAs("SessionRow", "exit_page_as_sent"))
                .isEqualTo(sealedAs("SessionRow", "entry_page_as_sent"))
                .isEqualTo(sealedAs("SessionStarted", "page_as_sent"))
                .isEqualTo(sealedAs("TrackedEvent", "page_as_sent"))
                .isEqualTo(sealedAs("SessionEnded", "exit_page_as_sent"))
                .isEqualTo(sealedAs("SessionImported", "exit_page_as_sent"));
    }

    private static String sealedAs(String record, String name) {
        var field =
                CataloguedSchemas.records().stream()
                        .filter(schema -> schema.getName().equals(record))
                        .findFirst()
                        .orElseThrow()
                        .getField(name);
        String told = field.getProp("sealed_as");
        return told == null ? name : told;
    }

    @Test
    void everyRecordSaysWhatItIs() {
        assertThat(CataloguedSchemas.records())
                .allSatisfy(
                        record -> assertThat(record.getDoc()).as(record.getName()).isNotBlank());
    }

    /// Text mostly says what it is; a number needs its unit, a time its clock, a flag its side.
    @Test
    void numbersTimesAndFlagsOfEventsAreExplained() {
        var unexplained = new ArrayList<String>();
        for (Schema record : CataloguedSchemas.records()) {
            if (!record.getNamespace().startsWith("io.headwater.events")) {
                continue;
            }
            for (var field : record.getFields()) {
                boolean text =
                        CataloguedSchemas.bare(field.schema()).getType() == Schema.Type.STRING;
                boolean pii = CataloguedSchemas.bare(field.schema()).equals(Pii.getClassSchema());
                if (!text && !pii && (field.doc() == null || field.doc().isBlank())) {
                    unexplained.add(record.getFullName() + "." + field.name());
                }
            }
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void namesAreSnakeCase() {
        for (Schema record : CataloguedSchemas.records()) {
            assertThat(record.getFields())
                    .as(record.getFullName())
                    .allSatisfy(field -> assertThat(field.name()).matches(NAME));
        }
    }

    @Test
    void whatMayBeAbsentIsNullByDefault() {
        for (Schema record : CataloguedSchemas.records()) {
            for (var field : record.getFields()) {
                if (field.schema().isUnion()) {
                    String name = record.getFullName() + "." + field.name();
                    assertThat(field.schema().getTypes()).as(name).hasSize(2);
                    assertThat(field.schema().getTypes().getFirst().getType())
                            .as(name)
                            .isEqualTo(Schema.Type.NULL);
                    assertThat(field.hasDefaultValue()).as(name).isTrue();
                }
            }
        }
    }

    @Test
    void rowsNameTheirTableAndKeyAndPosition() {
        for (Schema record : CataloguedSchemas.all()) {
            if (record.getNamespace().equals("io.headwater.views")) {
                assertThat(record.getObjectProp("table")).as(record.getName()).isNotNull();
                assertThat((Iterable<?>) record.getObjectProp("key"))
                        .as(record.getName())
                        .isNotEmpty()
                        .allSatisfy(column ->
                                assertThat(record.getField(String.valueOf(column))).isNotNull());
                assertThat(record.getField("src_partition")).as(record.getName()).isNotNull();
                assertThat(record.getField("src_offset")).as(record.getName()).isNotNull();
            }
        }
    }
}
