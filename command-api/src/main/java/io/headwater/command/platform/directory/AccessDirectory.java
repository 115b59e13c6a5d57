package io.headwater.command.platform.directory;

import java.util.List;
import java.util.Optional;

/// Sites, forms, integrations and sources as they stand: a fold of `access.events.v1`, in memory in
/// every instance. All look-ups are local and never block.
public interface AccessDirectory {

    /// Site of whatever names none; it exists from the first start, and the projections know it by
    /// this id.
    String DEFAULT_SITE = "main";

    /// @return whether it has read everything that was there when it started; until then nothing
    ///   may be refused for being unknown (answer 503)
    boolean ready();

    Optional<SiteConfig> siteById(String siteId);

    /// Whether facts may be of this site. Of the default one they may before it is made, in the
    /// seconds of a first start.
    default boolean isSite(String siteId) {
        return siteId.equals(DEFAULT_SITE) || siteById(siteId).isPresent();
    }

    Optional<SiteConfig> siteByKey(String siteKey);

    Optional<FormConfig> form(String siteId, String formId);

    /// @param apiKey as presented; compared by its SHA-256, revoked keys are unknown
    Optional<IntegrationConfig> integrationByKey(String apiKey);

    Optional<SourceConfig> source(String sourceId);

    /// In the order of creation, like the lists below.
    List<SiteConfig> sites();

    List<FormConfig> forms();

    List<IntegrationConfig> integrations();

    List<SourceConfig> sources();
}
