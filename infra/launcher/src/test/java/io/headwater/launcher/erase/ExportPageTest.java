package io.headwater.launcher.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExportPageTest {

    private static final String MARKUP = "<script>alert(1)</script>\" onload='x' &amp;";

    private static String page(String json) {
        return new String(ExportPage.of(new JsonMapper().readTree(json)), StandardCharsets.UTF_8);
    }

    /// In every place that something of the document can come to.
    @Test
    void whatPeopleTypedIsTextAndNeverMarkup() {
        String quoted = new JsonMapper().writeValueAsString(MARKUP);
        String page =
                page(
                        """
                        {"exports": [{
                            "subject": {@: @}, "made_at": @, "as_of": @, "forgotten": @,
                            "erasure": {@: @},
                            "person": {"other_lead_ids": [@]},
                            "parts": [{"view": @, "personal": [@],
                                       "rows": [{@: @, "details": {@: [@]}, "list": [@]}]}]}],
                         "recordings": [@]}
                        """
                                .replace("@", quoted));

        assertThat(page)
                .doesNotContain("<script", "onload='", "\" onload")
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;");
        // what is not a tag of ours is no tag
        assertThat(
                        page.replaceAll(
                                "</?(?:html|head|body|meta|title|style|h[123]|p|table|tr|th|td|ul|li|!DOCTYPE)\\b[^>]*>",
                                ""))
                .doesNotContain("<");
    }

    @Test
    void fetchesAndRunsNothing() {
        assertThat(page("{\"exports\":[],\"recordings\":[]}"))
                .contains("default-src 'none'")
                .doesNotContain("src=", "href=", "<script", "<link", "@import", "url(");
    }

    @Test
    void personalDataIsMarkedAndWhatIsNotKnownIsLeftOut() {
        String page =
                page(
                        """
                        {"exports": [{"subject": {"lead_id": "main_1"}, "parts": [
                            {"view": "leads", "personal": ["email"], "rows": [
                                {"email": "ada@example.org", "phone": null, "crm_ids": {},
                                 "created_at": "2026-11-20T12:00:00Z", "src_offset": 17}]},
                            {"view": "quarantine", "personal": [], "rows": []}]}]}
                        """);

        assertThat(page)
                .contains(
                        "<h2>lead id main_1</h2>",
                        "<h3>leads (1)</h3>",
                        "<th class=\"personal\">email</th><td>ada@example.org</td>",
                        "<th>created at</th><td>2026-11-20T12:00:00Z</td>")
                .doesNotContain("phone", "crm", "offset", "quarantine");
    }
}
