package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    E-mail *,                      a@example.test, EMAIL
                    What is your e-mail address?,  a@example.test, EMAIL
                    yourEmail,                     a@example.test, EMAIL
                    Phone / WhatsApp,              +44 20 79460018, PHONE
                    bestMobileNumber,              0151 123456,    PHONE
                    Full name,                     Ada Byron,      FULL_NAME
                    Name *,                        Ada Byron,      FULL_NAME
                    Surname,                       Byron,          LAST_NAME
                    UTM Source,                    news,           UTM_SOURCE
                    How can we help? Message,      Hi,             MESSAGE
                    """)
    void tellWhatTheyAskFor(String question, String answer, LeadField field) {
        var fields = new LeadFields();

        Questions.answer(fields, question, answer);

        assertThat(Samples.values(fields)).containsOnlyKeys(field);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    May we contact you by e-mail?, Yes
                    Phone me?,                     no
                    Account owner's email,         rep@acme.test
                    Company,                       Acme
                    Mailing list,                  weekly
                    """)
    void doNotTellWhatTheyDoNotAskFor(String question, String answer) {
        var fields = new LeadFields();

        Questions.answer(fields, question, answer);

        assertThat(Samples.values(fields)).isEmpty();
    }
}
