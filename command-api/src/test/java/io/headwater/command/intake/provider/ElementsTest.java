package io.headwater.command.intake.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ElementsTest {

    @Test
    void eachElementOfNestedArraysComesWithABodyOfItsOwn() {
        var body =
                Json.read(
                        """
                        {"object":"page","entry":[
                         {"id":1,"changes":[{"v":"a"},{"v":"b"}]},
                         {"id":2,"changes":[{"v":"c"}]}]}\
                        """);

        var normalised = each(body, List.of("entry", "changes"));

        assertThat(normalised.submissions())
                .extracting(item -> item.payload().toString())
                .containsExactly(
                        "{\"object\":\"page\",\"entry\":[{\"id\":1,\"changes\":[{\"v\":\"a\"}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":1,\"changes\":[{\"v\":\"b\"}]}]}",
                        "{\"object\":\"page\",\"entry\":[{\"id\":2,\"changes\":[{\"v\":\"c\"}]}]}");
        for (var item : normalised.submissions()) {
            assertThat(each(item.payload(), List.of("entry", "changes")).submissions())
                    .extracting(SubmissionItem::payload)
                    .containsExactly(item.payload());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"entry\":[{\"changes\":[{\"v\":\"x\"}]},{\"changes\":7},5]} | changes must be an array",
                "{\"entry\":7} | entry must be an array",
                "[] | entry must be an array",
                "{\"entry\":[]} | the body holds no item"
            })
    void whatHasAnotherShapeWaits(String body, String detail) {
        var flawed =
                each(Json.read(body), List.of("entry", "changes")).submissions().stream()
                        .map(SubmissionItem::flaw)
                        .filter(Objects::nonNull)
                        .toList();

        assertThat(flawed)
                .isNotEmpty()
                .containsOnly(new SubmissionItem.Flaw("unexpected-shape", detail));
    }

    @Test
    void aFailingPresetLosesNothing() {
        var normalised =
                Elements.each(
                        Json.read("[1,2,3]"),
                        List.of(),
                        (element, body) -> {
                            if (element.asInt() == 2) {
                                throw new IllegalStateException("secret of a person");
                            }
                            if (element.asInt() == 3) {
                                throw new UnreadableBodyException("not three");
                            }
                            return Normalised.ignored("one");
                        });

        assertThat(normalised.ignored()).containsExactly("one");
        assertThat(normalised.submissions())
                .extracting(SubmissionItem::flaw)
                .extracting(flaw -> flaw.code())
                .containsExactly("preset-failed", "unexpected-shape");
        assertThat(Objects.requireNonNull(normalised.submissions().getFirst().flaw()).detail())
                .doesNotContain("person");
        assertThat(normalised.submissions().getFirst().payload()).isEqualTo(Json.read("[2]"));
    }

    private static Normalised each(JsonNode body, List<String> arrays) {
        return Elements.each(
                body,
                arrays,
                (element, narrowed) ->
                        Normalised.submission(
                                new SubmissionItem(new LeadFields(), null, narrowed)));
    }
}
