package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import org.junit.jupiter.api.Test;

class LinksTest {

    @Test
    void aPageTellsTheCampaignAndNothingElse() {
        var fields = new LeadFields();
        fields.put(LeadField.UTM_MEDIUM, "told");

        Links.page(
                fields,
                "https://acme.test/a?utm_source=a%20b&utm_medium=cpc&email=x@example.test&test=true&gclid=G&utm_term=%zz&=1&utm_content#utm_campaign=no");

        assertThat(Samples.values(fields))
                .containsEntry(LeadField.UTM_SOURCE, "a b")
                .containsEntry(LeadField.UTM_MEDIUM, "told")
                .containsEntry(LeadField.GCLID, "G")
                .containsOnlyKeys(
                        LeadField.UTM_SOURCE,
                        LeadField.UTM_MEDIUM,
                        LeadField.GCLID,
                        LeadField.PAGE_URL);
    }

    @Test
    void anAddressWithoutQueryTellsThePage() {
        var fields = new LeadFields();

        Links.page(fields, "https://acme.test/a");
        Links.campaign(fields, null);

        assertThat(Samples.values(fields)).containsOnlyKeys(LeadField.PAGE_URL);
    }
}
