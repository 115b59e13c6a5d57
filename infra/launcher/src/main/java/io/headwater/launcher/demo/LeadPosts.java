package io.headwater.launcher.demo;

import static io.headwater.launcher.demo.DemoApi.JSON;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Leads of visitors: the form in the page, and the site's own server. Some are what reality has
/// too: robots, typing errors, tests, a double click.
final class LeadPosts {

    static final List<String> PROJECTS = List.of("Harbour View", "Old Mill", "Parkside");

    private static final String CAPTURE = "/lead.capture";
    private final DemoApi api;
    private final DemoSite site;
    private final SalesTeam sales;

    LeadPosts(DemoApi api, DemoSite site) {
        this.api = api;
        this.site = site;
        sales = new SalesTeam(api);
    }

    private static Map<String, String> fromPage(Person person) {
        return Map.of("Origin", "http://localhost", "User-Agent", person.device().userAgent());
    }

    void form(Person person, Visit.Session session, RandomGenerator random)
            throws IOException, InterruptedException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("siteKey", site.siteKey());
        fields.put("formId", DemoSite.FORM);
        fields.put("FIRSTNAME", person.first());
        fields.put("LASTNAME", person.last());
        fields.put("EMAIL", random.nextInt(100) < 3 ? "not an address" : person.email());
        fields.put("PHONE", person.phone());
        fields.put("PROJECT", Person.one(PROJECTS, random));
        fields.put("user_country", person.country());
        fields.put("user_city", person.city());
        fields.put("user_timezone", person.timezone());
        fields.put("PAGE_URL", "http://localhost/contact");
        fields.put("USER_MESSAGE", "Please send me the brochure.");
        fields.put("__visitor_id", session.visitorId());
        fields.put("session_id", session.sessionId());
        fields.put("__pg_tts", String.valueOf(6 + random.nextInt(60)));
        if (random.nextInt(100) < 3) {
            fields.put("__pg_hp", "https://robot.test");
        }
        attribution(person, fields);
        api.submit(CAPTURE, fields, fromPage(person));
        if (random.nextInt(100) < 5) {
            api.submit(CAPTURE, fields, fromPage(person));
        }
    }

    void api(Person person, Visit.Session session, RandomGenerator random)
            throws IOException, InterruptedException {
        ObjectNode lead =
                JSON.createObjectNode()
                        .put("first_name", person.first())
                        .put("last_name", person.last())
                        .put("email", person.email())
                        .put("phone_mobile", person.phone())
                        .put("project_name", Person.one(PROJECTS, random))
                        .put("user_country", person.country())
                        .put("user_city", person.city())
                        .put("lead_source", "call centre")
                        .put("visitor_id", session.visitorId())
                        .put("session_id", session.sessionId());
        var fields = new LinkedHashMap<String, String>();
        attribution(person, fields);
        fields.forEach(lead::put);
        if (random.nextInt(100) < 6) {
            lead.put("test_lead", true);
        }
        lead.put("user_agent", person.device().userAgent());
        var answer = api.post(CAPTURE, lead, Map.of("X-API-Key", site.apiKey()));
        String leadId = answer.path("lead_id").asString("");
        if (!leadId.isEmpty()) {
            sales.workOn(leadId, random);
        }
    }

    private static void attribution(Person person, Map<String, String> fields) {
        if (person.utmSource() != null) {
            fields.put("utm_source", person.utmSource());
        }
        if (person.utmMedium() != null) {
            fields.put("utm_medium", person.utmMedium());
        }
        if (person.utmCampaign() != null) {
            fields.put("utm_campaign", person.utmCampaign());
        }
    }
}
