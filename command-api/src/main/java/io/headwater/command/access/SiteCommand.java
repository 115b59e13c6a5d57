package io.headwater.command.access;

import io.headwater.events.Pii;
import io.headwater.events.access.FormChange;
import io.headwater.events.access.SiteChange;
import io.headwater.events.access.SourceChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.commandhandling.annotation.Command;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/// What a site is asked; names that must be unique over all sites were claimed before. What changes
/// about a site, a form or a source travels as it is on the topic: an unset member stays, one named
/// in `cleared` goes back to its default.
sealed interface SiteCommand {

    String siteId();

    @Command(namespace = "access", name = "CreateSite", version = "1")
    record Create(@TargetEntityId String siteId, String name, String siteKey, List<String> domains)
            implements SiteCommand {}

    @Command(namespace = "access", name = "ChangeSite", version = "1")
    record Change(
            @TargetEntityId String siteId, SiteChange changes, List<String> cleared, String actor)
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

    @Command(namespace = "access", name = "ChangeForm", version = "1")
    record ChangeForm(
            @TargetEntityId String siteId,
            String formId,
            FormChange changes,
            List<String> cleared,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "RemoveForm", version = "1")
    record RemoveForm(@TargetEntityId String siteId, String formId, String actor)
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
            @TargetEntityId String siteId, String sourceId, SourceSpec spec, String actor)
            implements SiteCommand {}

    /// @param expectedVersion refused when the source has another by now; null: any
    @Command(namespace = "access", name = "ChangeSource", version = "1")
    record ChangeSource(
            @TargetEntityId String siteId,
            String sourceId,
            @Nullable Long expectedVersion,
            SourceChange changes,
            List<String> cleared,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "RemoveSource", version = "1")
    record RemoveSource(
            @TargetEntityId String siteId,
            String sourceId,
            @Nullable Long expectedVersion,
            String actor)
            implements SiteCommand {}

    /// @param olderUntil when the older secrets end, if they do not end sooner
    @Command(namespace = "access", name = "AddSourceSecret", version = "1")
    record AddSecret(
            @TargetEntityId String siteId,
            String sourceId,
            String secretId,
            Pii secret,
            @Nullable Instant olderUntil,
            Instant now,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "EndSourceSecret", version = "1")
    record EndSecret(
            @TargetEntityId String siteId,
            String sourceId,
            String secretId,
            boolean mayBeLast,
            Instant now,
            String actor)
            implements SiteCommand {}

    @Command(namespace = "access", name = "MapSource", version = "1")
    record MapSource(
            @TargetEntityId String siteId,
            String sourceId,
            @Nullable Long expectedVersion,
            Map<String, String> mapping,
            String actor)
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
