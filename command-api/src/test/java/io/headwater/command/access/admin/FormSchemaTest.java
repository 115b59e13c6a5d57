package io.headwater.command.access.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.body.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormSchemaTest {

    private static void check(String schema) {
        var body = Members.holding("form_json", Json.read(schema.replace('\'', '"')));
        var form = body.object("form_json");
        if (form != null) {
            FormSchema.check(form);
        }
        body.requireRight();
    }

    @Test
    void everythingThatAFormMayHave() {
        assertThatCode(() ->
                        check(
                                """
                                {"title": "Visit", "description": "Come and see", "lang": "en-GB",
                                 "submit_label": "Book", "thank_you": "See you",
                                 "theme": {"accent": "#0a7", "font": "Inter, sans-serif"},
                                 "messages": {"required": "{label} is missing."},
                                 "hidden": {"PROJECT": "Lakeside"},
                                 "fields": [
                                  {"name": "FIRSTNAME", "type": "text", "label": "First name",
                                   "required": true, "max_length": 50, "pattern": "\\\\p{L}+"},
                                  {"name": "EMAIL", "type": "email", "label": "E-mail"},
                                  {"name": "when", "type": "date", "label": "Day",
                                   "min": "2026-03-01"},
                                  {"name": "seats", "type": "number", "label": "Seats",
                                   "min": 1, "max": 8, "step": 1},
                                  {"name": "what", "type": "checkbox", "label": "Interests",
                                   "options": ["Pool", {"value": "g", "label": "Garden"}]},
                                  {"name": "terms", "type": "consent", "label": "I agree",
                                   "purposes": ["email", "phone"], "version": "2026-11"}],
                                 "steps": [
                                  {"title": "You", "fields": ["FIRSTNAME", "EMAIL"]},
                                  {"fields": ["when", "seats", "what", "terms"]}]}\
                                """))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("{}")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'tittle':'x'} | form_json.tittle | is not known here",
                "{'lang':'not a tag'} | form_json.lang | must be a language tag such as en or pt-BR",
                "{'theme':{'accent':'red;x'}} | form_json.theme.accent | may hold colours, lengths or font names only",
                "{'theme':{'accent':'url(x)'}} | form_json.theme.accent | may hold colours, lengths or font names only",
                "{'theme':{'colour':'red'}} | form_json.theme.colour | is none of accent, accent-text, background, border, error, font, gap, radius, text",
                "{'hidden':{'formId':'x'}} | form_json.hidden.formId | is used by the form itself",
                "{'fields':{}} | form_json.fields | must be a list",
                "{'fields':[{'name':'a','type':'text'}]} | form_json.fields[0].label | is required: people who do not see the form hear it",
                "{'fields':[{'name':'a','type':'file','label':'A'}]} | form_json.fields[0].type | is none of checkbox, consent, date, email, number, radio, select, tel, text, textarea",
                "{'fields':[{'name':'a','type':'text','label':'A','purposes':['phone']}]} | form_json.fields[0].purposes | is not known here",
                "{'fields':[{'name':'consents','type':'text','label':'A'}]} | form_json.fields[0].name | is used by the form itself",
                "{'fields':[{'name':'a','type':'radio','label':'A'}]} | form_json.fields[0].options | is required for radio",
                "{'fields':[{'name':'a','type':'radio','label':'A','options':['x','x']}]} | form_json.fields[0].options[1] | is there twice",
                "{'fields':[{'name':'a','type':'number','label':'A','min':3,'max':1}]} | form_json.fields[0].min | must not be above max",
                "{'fields':[{'name':'a','type':'text','label':'A','pattern':'('}]} | form_json.fields[0].pattern | is no regular expression: Unclosed group",
                "{'fields':[{'name':'a','type':'text','label':'A','requird':true}]} | form_json.fields[0].requird | is not known here",
                "{'fields':[{'name':'a','type':'text','label':'A'}],'steps':[{'fields':['b']}]} | form_json.steps[0].fields | names b, which is no field of the form"
            })
    void whatIsWrongIsNamed(String schema, String field, String message) {
        var problem = catchThrowableOfType(ProblemException.class, () -> check(schema)).problem();

        assertThat(problem.errors())
                .anySatisfy(error -> {
                    assertThat(error.field()).isEqualTo(field);
                    assertThat(error.message()).isEqualTo(message);
                });
    }
}
