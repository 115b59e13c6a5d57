package io.headwater.command.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.platform.web.body.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExpressionTest {

    private static final JsonNode TREE =
            Json.read(
                    """
                    {"id":12345678901234567890123,
                     "name":"  Ada  Mary Lovelace ","one":"Ada","blank":" ","none":null,
                     "a":{"b":1,"x y":{"b":"spaced"},"First Name":"Ada"},
                     "odd":{"b.c":"dotted","q\\"q":"quoted","it's":"apostrophe"},
                     "list":["x","y","z"],
                     "fields":[{"name":"email","value":"A@example.test"},
                               {"name":"phone","value":"1"},
                               {"name":"phone","value":"2"},
                               {"key":7,"value":"seven"}],
                     "groups":[{"leads":[{"n":1},{"n":2}]},{"leads":[{"n":3}]}]}\
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a.b; 1",
                "$.a.b; 1",
                "$['a'].b; 1",
                "$.a['x y'].b; spaced",
                "a.First Name; Ada",
                "odd[\"b.c\"]; dotted",
                "odd[\"q\\\"q\"]; quoted",
                "odd['it\\'s']; apostrophe",
                "id; 12345678901234567890123",
                "list[0]; x",
                "list[-1]; z",
                "list; x, y, z",
                "list[*]; x, y, z",
                "fields[*].value; A@example.test, 1, 2, seven",
                "fields[?(@.name=='email')].value; A@example.test",
                "fields[?(@.name == \"phone\")].value; 1, 2",
                "fields[?(@.name != 'phone')].value; A@example.test, seven",
                "fields[?(@.key)].value; seven",
                "fields[?(@.key == 7)].value; seven",
                "groups[*].leads[*].n; 1, 2, 3",
                "a.*; 1, Ada",
                "missing || blank || none || a.b; 1",
                "missing || 'Web'; Web",
                "one + ' ' + a.b; Ada 1",
                "missing + ' ' + one; Ada",
                "lower(fields[0].value); a@example.test",
                "upper(one); ADA",
                "first_word(name); Ada",
                "last_word(name); Lovelace",
                "trim( name ); Ada  Mary Lovelace",
                "lower(missing || one) + '!'; ada!"
            })
    void finds(String expression, String value) {
        assertThat(Expression.of(expression).text(TREE)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "blank",
                "none",
                "a",
                "a.b.c",
                "list[7]",
                "list[-4]",
                "a[0]",
                "fields[?(@.name=='fax')].value",
                "missing + ' ' + blank",
                "last_word(one)"
            })
    void findsNothing(String expression) {
        assertThat(Expression.of(expression).text(TREE)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "` `; at character 2: a path, a constant or a function is expected",
                "$; at character 2: a member of the body is expected",
                "$email; at character 2: a member of the body is expected",
                "a..b; at character 3: a name is expected",
                "a.; at character 3: a name is expected",
                "a[x]; at character 3: an index, a quoted name, * or ?(…) is expected",
                "a[99999999]; at character 3: an index, a quoted name, * or ?(…) is expected",
                "a[; at character 3: the bracket is not closed",
                "a['b; at character 3: the quote is not closed",
                "a[0; at character 4: ] is expected",
                "a || ; at character 5: a path, a constant or a function is expected",
                "a b] ; at character 4: nothing more is expected",
                "shout(a); at character 1: there is no such function; there are lower, upper, trim, first_word and last_word",
                "lower(a; at character 8: ) is expected",
                "a[?(b)]; at character 5: @ is expected",
                "a[?(@.b == )]; at character 12: a value is expected"
            })
    void saysWhatIsWrongAndWhere(String expression, String what) {
        assertThatThrownBy(() -> Expression.of(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith(what);
    }

    @Test
    void isNeitherLongNorDeep() {
        assertThatThrownBy(() -> Expression.of("a".repeat(501)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> Expression.of("lower(".repeat(11) + "a" + ")".repeat(11)))
                .hasMessageContaining("too many functions");
    }

    @ParameterizedTest
    @CsvSource({"groups[0].leads, 2", "groups[*].leads[*], 3", "missing || list, 3", "one, 1"})
    void selectsElements(String expression, int count) {
        assertThat(Expression.of(expression).elements(TREE)).hasSize(count);
        assertThat(Expression.of(expression).selects()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "a + b", "lower(a)", "a || 'x'"})
    void textSelectsNothing(String expression) {
        assertThat(Expression.of(expression).selects()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groups[*].leads[*]",
                "groups[0].leads",
                "fields[?(@.name=='phone')]",
                "a.*"
            })
    void aNarrowedBodyHoldsThatElementAlone(String expression) {
        var items = Expression.of(expression);
        var found = items.elements(TREE);
        var narrowing = new Narrowing(TREE, found);

        for (JsonNode element : found) {
            JsonNode body = narrowing.to(element, element);
            assertThat(items.elements(body)).isEqualTo(List.of(element));
            assertThat(body.get("id")).isEqualTo(TREE.get("id"));
        }
    }
}
