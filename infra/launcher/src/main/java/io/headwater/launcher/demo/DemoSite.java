package io.headwater.launcher.demo;

import static io.headwater.launcher.demo.DemoApi.JSON;

import io.headwater.backends.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The site of the demonstration with its form, API key and sources; each made once and remembered
/// at once, so that a start that was cut short goes on where it stopped.
final class DemoSite {

    static final List<String> PROVIDERS =
            List.of("google-ads", "typeform", "calendly", "stripe", "generic");
    static final String FORM = "contact";

    private static final String FORM_JSON =
            """
            {"title":"Ask for a quote","fields":[
             {"name":"FIRSTNAME","label":"First name","type":"text","required":true},
             {"name":"EMAIL","label":"E-mail","type":"email","required":true},
             {"name":"PHONE","label":"Phone","type":"tel"},
             {"name":"PROJECT","label":"Project","type":"select","options":["Harbour View","Old Mill","Parkside"]}]}\
            """;

    private final DemoApi api;
    private final Path file;
    private final ObjectNode known;

    private DemoSite(DemoApi api, Path file, ObjectNode known) {
        this.api = api;
        this.file = file;
        this.known = known;
    }

    /// @param url where its webhooks go
    /// @param secret what they are signed with
    record Source(String provider, String id, URI url, String secret) {}

    static DemoSite provide(DemoApi api, Path file) {
        var site = new DemoSite(api, file, read(file));
        site.provideSite();
        site.provideForm();
        site.provideIntegration();
        PROVIDERS.forEach(site::provideSource);
        return site;
    }

    String siteKey() {
        return known.path("site_key").stringValue();
    }

    String apiKey() {
        return known.path("integration_api_key").stringValue();
    }

    List<Source> sources() {
        return PROVIDERS.stream().map(this::source).toList();
    }

    Source source(String provider) {
        var source = known.path("sources").path(provider);
        return new Source(
                provider,
                source.path("id").stringValue(),
                URI.create(source.path("url").stringValue()),
                source.path("secret").stringValue());
    }

    /// Counts the starts: later ones invent new people.
    ///
    /// @return 0 for the first
    int nextRun() {
        int run = known.path("runs").asInt(0);
        known.put("runs", run + 1);
        write();
        return run;
    }

    Map<String, Object> facts() {
        var sources = new ArrayList<Map<String, String>>();
        for (Source source : sources()) {
            var member = new LinkedHashMap<String, String>();
            member.put("provider", source.provider());
            member.put("id", source.id());
            member.put("url", source.url().toString());
            member.put("secret", source.secret());
            sources.add(member);
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("site_key", siteKey());
        facts.put("form_id", FORM);
        facts.put("integration_api_key", apiKey());
        facts.put("sources", sources);
        return facts;
    }

    /// Under ids that are noted first: a conflict means that an earlier start got this far.
    private void provideSite() {
        if (!known.has("site_id")) {
            String tail = random(4);
            known.put("site_id", "demo-" + tail).put("site_key", "pk_demo_" + tail);
            write();
        }
        if (known.path("site_made").asBoolean(false)) {
            return;
        }
        var body =
                JSON.createObjectNode()
                        .put("site_id", known.path("site_id").stringValue())
                        .put("name", "Demo")
                        .put("site_key", siteKey());
        body.putArray("domains").add("127.0.0.1").add("localhost");
        api.provide("/analytics/sites", body);
        known.put("site_made", true);
        write();
    }

    private void provideForm() {
        if (known.has("form_id")) {
            return;
        }
        var body =
                JSON.createObjectNode()
                        .put("site_id", known.path("site_id").stringValue())
                        .put("form_id", FORM)
                        .put("name", "Ask for a quote");
        body.set("form_json", JSON.readTree(FORM_JSON));
        api.provide("/analytics/forms", body);
        known.put("form_id", FORM);
        write();
    }

    private void provideIntegration() {
        if (known.has("integration_api_key")) {
            return;
        }
        var body =
                JSON.createObjectNode()
                        .put("site_id", known.path("site_id").stringValue())
                        .put("name", "Demo server");
        String key = api.administer("/analytics/integrations", body).path("api_key").stringValue();
        known.put("integration_api_key", key);
        write();
    }

    private void provideSource(String provider) {
        ObjectNode sources = known.withObject("sources");
        if (sources.has(provider)) {
            return;
        }
        String secret = provider.equals("stripe") ? "whsec_" + random(16) : random(16);
        var body =
                JSON.createObjectNode()
                        .put("site_id", known.path("site_id").stringValue())
                        .put("name", "Demo " + provider)
                        .put("provider", provider);
        body.putArray("secrets").add(secret);
        if (provider.equals("generic")) {
            body.putObject("mapping")
                    .put("email", "contact.email")
                    .put("first_name", "contact.given")
                    .put("last_name", "contact.family")
                    .put("phone", "contact.phone")
                    .put("project_name", "interest")
                    .put("external_id", "id")
                    .put("country", "contact.country");
        }
        var made = api.administer("/admin/sources", body);
        sources.putObject(provider)
                .put("id", made.path("source_id").stringValue())
                .put("url", made.path("url").stringValue())
                .put("secret", secret);
        write();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static ObjectNode read(Path file) {
        try {
            return Files.exists(file)
                    ? (ObjectNode) JSON.readTree(Files.readString(file))
                    : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        PrivateFile.write(file, known.toPrettyString());
    }
}
