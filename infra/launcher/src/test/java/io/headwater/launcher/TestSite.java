package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A site with a form, an integration and one source of every provider, made through the
/// administration API; and the questions tests ask about it.
final class TestSite {

    static final String DOMAIN = "shop.example.com";
    static final String FORM = "contact";

    private static final String FORM_JSON =
            """
            {"fields":[
             {"name":"FIRSTNAME","label":"First name","type":"text","required":true},
             {"name":"LASTNAME","label":"Last name","type":"text"},
             {"name":"EMAIL","label":"E-mail","type":"email","required":true}]}\
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private final Caller caller;
    private final URI queryApi;
    private final URI commandApi;
    private final Map<String, String> admin;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private String siteId = "";
    private String siteKey = "";
    private String apiKey = "";

    /// @param url where its webhooks go
    record Source(String id, URI url, String secret) {}

    private TestSite(Caller caller, URI queryApi, URI commandApi, String adminKey) {
        this.caller = caller;
        this.queryApi = queryApi;
        this.commandApi = commandApi;
        this.admin = Map.of("X-API-Key", adminKey);
    }

    static TestSite make(Caller caller, LaunchedPlatform platform, String name) {
        return make(
                new TestSite(
                        caller, platform.queryApi(), platform.commandApi(), platform.adminKey()),
                name);
    }

    /// Of applications that were started without the launcher.
    static TestSite make(
            Caller caller, URI queryApi, URI commandApi, String adminKey, String name) {
        return make(new TestSite(caller, queryApi, commandApi, adminKey), name);
    }

    private static TestSite make(TestSite site, String name) {
        site.siteKey = "pk_" + name;
        var body = JSON.createObjectNode().put("name", name).put("site_key", site.siteKey);
        body.putArray("domains").add(DOMAIN).add("127.0.0.1");
        site.siteId = site.create("/analytics/sites", body).path("site_id").stringValue();
        site.create(
                "/analytics/forms",
                site.owned(name).put("form_id", FORM).set("form_json", JSON.readTree(FORM_JSON)));
        site.apiKey =
                site.create("/analytics/integrations", site.owned(name))
                        .path("api_key")
                        .stringValue();
        for (String provider :
                new String[] {"google-ads", "typeform", "calendly", "stripe", "generic"}) {
            site.provide(provider);
        }
        return site;
    }

    private void provide(String provider) {
        String secret = "secret-of-" + provider + "-0123456789";
        var body = owned(provider).put("provider", provider);
        body.putArray("secrets").add(secret);
        if (provider.equals("generic")) {
            body.putObject("mapping")
                    .put("email", "person.mail")
                    .put("first_name", "person.names[0]")
                    .put("external_id", "reference");
        }
        var made = create("/admin/sources", body);
        sources.put(provider, made(made, secret));
    }

    /// Another source of the generic provider, with the fields of a lead where it sends them.
    ///
    /// @param window within which another submission of the same person is a duplicate, ISO 8601
    Source generic(String name, String window) {
        String secret = "secret-of-" + name + "-0123456789";
        var body = owned(name).put("provider", "generic").put("duplicate_window", window);
        body.putArray("secrets").add(secret);
        body.putObject("mapping").put("email", "person.mail").put("external_id", "reference");
        return made(create("/admin/sources", body), secret);
    }

    /// Another source of a provider.
    Source source(String provider, String name, String secret) {
        var body = owned(name).put("provider", provider);
        body.putArray("secrets").add(secret);
        return made(create("/admin/sources", body), secret);
    }

    /// Gives a source its next mapping; it counts from the next delivery on.
    void map(Source source, String mapping) {
        var answer =
                caller.change(
                        "PUT",
                        queryApi.resolve("/admin/sources/" + source.id() + "/mapping"),
                        mapping,
                        admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static Source made(JsonNode source, String secret) {
        return new Source(
                source.path("id").stringValue(),
                URI.create(source.path("url").stringValue()),
                secret);
    }

    private ObjectNode owned(String name) {
        return JSON.createObjectNode().put("site_id", siteId).put("name", name);
    }

    /// A 202 would be a promise only: what comes next needs the thing itself.
    private JsonNode create(String path, JsonNode body) {
        var answer = caller.post(queryApi.resolve(path), Caller.JSON_TYPE, body.toString(), admin);
        assertThat(answer.status()).as(path + ": " + answer.text()).isIn(200, 201);
        return answer.json();
    }

    /// A call with the admin key that must succeed.
    JsonNode administer(String path, String body) {
        return create(path, JSON.readTree(body));
    }

    /// Changes something that there is, refused or not.
    Caller.Answer change(String path, String body) {
        return caller.change("PATCH", queryApi.resolve(path), body, admin);
    }

    String id() {
        return siteId;
    }

    String key() {
        return siteKey;
    }

    Map<String, String> integration() {
        return Map.of("X-API-Key", apiKey);
    }

    Source source(String provider) {
        return Objects.requireNonNull(sources.get(provider), provider);
    }

    /// A read of the query API that must succeed.
    JsonNode read(String pathAndQuery) {
        var answer = caller.get(queryApi.resolve(pathAndQuery), admin);
        assertThat(answer.status()).as(pathAndQuery + ": " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    /// A call of the command API that must succeed.
    JsonNode call(String path, String body) {
        var answer = caller.post(commandApi.resolve(path), Caller.JSON_TYPE, body, Map.of());
        assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    /// Does something with a lead; refused or not.
    Caller.Answer act(String lead, String action, String body) {
        return caller.post(
                queryApi.resolve("/analytics/leads/" + lead + "/" + action),
                Caller.JSON_TYPE,
                body,
                admin);
    }

    /// Writes something right that a quarantined submission had wrong, and lets it in.
    Caller.Answer release(String submission, String corrections) {
        var path = queryApi.resolve("/admin/quarantine/" + siteId + "_" + submission);
        var edited = caller.change("PATCH", path, corrections, admin);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        return caller.post(URI.create(path + "/release"), Caller.JSON_TYPE, "{}", admin);
    }

    Caller.Answer capture(String body) {
        return caller.post(
                commandApi.resolve("/lead.capture"), Caller.JSON_TYPE, body, integration());
    }

    List<JsonNode> leads(String email) {
        return list(read("/analytics/leads?email=" + email).path("items"));
    }

    /// The only one of this address.
    JsonNode lead(String email) {
        var leads = leads(email);
        assertThat(leads).as("leads of " + email).hasSize(1);
        return leads.getFirst();
    }

    static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }
}
