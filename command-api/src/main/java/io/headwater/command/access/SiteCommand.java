package io.headwater.command.access;

import io.headwater.events.Pii;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.commandhandling.annotation.Command;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/// What a site is asked; names that must be unique over all sites were claimed before.
sealed interface SiteCommand {

    String siteId();

    @Command(namespace = "access", name = "CreateSite", version = "1")
    record Create(@TargetEntityId String siteId, String name, String siteKey, List<String> domains)
            implements SiteCommand {}

    @Command(namespace = "access", name = "AddDomain", version = "1")
    record AddDomain(@TargetEntityId String siteId, String domainId, String domain)
            implements SiteCommand {}

    @Command(namespace = "access", name = "RemoveDomain", version = "1")
    record RemoveDomain(@TargetEntityId String siteId, String domainId) implements SiteCommand {}

    @Command(namespace = "access", name = "CreateForm", version = "1")
    record CreateForm(
            @TargetEntityId String siteId,
            String formId,
            String name,
            String formJson,
            @Nullable String thankYouUrl)
            implements SiteCommand {}

    @Command(namespace = "access", name = "CreateIntegration", version = "1")
    record CreateIntegration(
            @TargetEntityId String siteId,
            String integrationId,
            String name,
            String keyPrefix,
            String keyHash)
            implements SiteCommand {}

    @Command(namespace = "access", name = "RevokeIntegration", version = "1")
    record RevokeIntegration(@TargetEntityId String siteId, String integrationId)
            implements SiteCommand {}

    @Command(namespace = "access", name = "CreateSource", version = "1")
    record CreateSource(
            @TargetEntityId String siteId,
            String sourceId,
            String name,
            String provider,
            List<Pii> secrets,
            Map<String, String> mapping,
            long duplicateWindowSeconds)
            implements SiteCommand {}

    @Command(namespace = "access", name = "BlockIp", version = "1")
    record BlockIp(
            @TargetEntityId String siteId,
            String entryId,
            Pii ip,
            String reason,
            @Nullable Instant until,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "AllowIp", version = "1")
    record AllowIp(
            @TargetEntityId String siteId,
            String entryId,
            Pii ip,
            String usage,
            String reason,
            @Nullable Instant until,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "RemoveIp", version = "1")
    record RemoveIp(@TargetEntityId String siteId, String entryId, Pii ip, String actor)
            implements SiteCommand {}
}
