package io.headwater.command.edge;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.DomainConfig;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.command.platform.directory.IntegrationConfig;
import io.headwater.command.platform.directory.IpRules;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.command.platform.directory.SourceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// One site with two forms, one integration and a source of each provider.
final class FakeDirectory implements AccessDirectory {

    static final String SITE_KEY = "sk_lakeside";
    static final String API_KEY = "hw_test_integration_key";
    static final String STANDARD_SECRET = "whsec_aGVhZHdhdGVyLXRlc3Qta2V5LTI0Ynl0ZQ==";

    volatile boolean ready = true;

    private volatile SiteConfig site =
            new SiteConfig(
                    "lakeside",
                    "Lakeside",
                    SITE_KEY,
                    List.of(new DomainConfig("d1", "www.lakeside.test")));
    private final List<FormConfig> forms =
            List.of(
                    new FormConfig("lakeside", "contact", "Contact", "{}", null),
                    new FormConfig(
                            "lakeside",
                            "visit",
                            "Visit",
                            "{}",
                            "https://www.lakeside.test/thanks"));
    private final IntegrationConfig integration =
            new IntegrationConfig("lakeside", "int-1", "CRM", "hw_te");
    private final List<SourceConfig> sources =
            new CopyOnWriteArrayList<>(
                    List.of(
                            source("g1", "google-ads", KeyDigest.of("hw-google-key")),
                            source("t1", "typeform", "tf-secret-1"),
                            source("c1", "calendly", "cal-secret-1"),
                            source("s1", "stripe", "whsec_stripe_text_1"),
                            source("x1", "generic", KeyDigest.of("generic-key-1")),
                            source("x2", "generic", STANDARD_SECRET),
                            source("g2", "google-ads", KeyDigest.of("example")),
                            source("ce1", "cloudevents", KeyDigest.of("ce-key-123"))));

    private static SourceConfig source(String id, String provider, String secret) {
        return source(id, provider, secret, Map.of(), Map.of());
    }

    /// @param secretOptions what is told once and never shown
    static SourceConfig source(
            String id,
            String provider,
            String secret,
            Map<String, String> options,
            Map<String, String> secretOptions) {
        return new SourceConfig(
                id,
                "lakeside",
                id,
                provider,
                SourceConfig.Scheme.OF_PROVIDER,
                List.of(secret),
                Map.of(),
                0,
                Duration.ofMinutes(10),
                Duration.ZERO,
                SourceConfig.Limits.NONE,
                options,
                secretOptions);
    }

    /// Instead of one of the same id.
    void put(SourceConfig source) {
        remove(source.sourceId());
        sources.add(source);
    }

    void remove(String sourceId) {
        sources.removeIf(one -> one.sourceId().equals(sourceId));
    }

    void ips(IpRules ips) {
        set(site.settings(), ips);
    }

    void settings(SiteSettings settings) {
        set(settings, site.ips());
    }

    private void set(SiteSettings settings, IpRules ips) {
        site =
                new SiteConfig(
                        site.siteId(), site.name(), site.siteKey(), site.domains(), settings, ips);
    }

    /// Nothing set, and no list.
    void reset() {
        ready = true;
        set(SiteSettings.DEFAULT, IpRules.EMPTY);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public Optional<SiteConfig> siteById(String siteId) {
        return Optional.of(site).filter(one -> one.siteId().equals(siteId));
    }

    @Override
    public Optional<SiteConfig> siteByKey(String siteKey) {
        return Optional.of(site).filter(one -> one.siteKey().equals(siteKey));
    }

    @Override
    public Optional<FormConfig> form(String siteId, String formId) {
        return forms.stream()
                .filter(form -> form.siteId().equals(siteId) && form.formId().equals(formId))
                .findFirst();
    }

    @Override
    public Optional<IntegrationConfig> integrationByKey(String apiKey) {
        return Optional.of(integration).filter(_ -> apiKey.equals(API_KEY));
    }

    @Override
    public Optional<SourceConfig> source(String sourceId) {
        return sources.stream().filter(one -> one.sourceId().equals(sourceId)).findFirst();
    }

    @Override
    public List<SiteConfig> sites() {
        return List.of(site);
    }

    @Override
    public List<FormConfig> forms() {
        return forms;
    }

    @Override
    public List<IntegrationConfig> integrations() {
        return List.of(integration);
    }

    @Override
    public List<SourceConfig> sources() {
        return sources;
    }
}
