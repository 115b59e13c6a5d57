package io.headwater.command.access;

import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.events.access.AddDomain;
import io.headwater.events.access.AddSourceSecret;
import io.headwater.events.access.ChangeForm;
import io.headwater.events.access.ChangeSite;
import io.headwater.events.access.ChangeSource;
import io.headwater.events.access.CreateForm;
import io.headwater.events.access.CreateIntegration;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.EndSourceSecret;
import io.headwater.events.access.MapSource;
import io.headwater.events.access.RemoveDomain;
import io.headwater.events.access.RemoveForm;
import io.headwater.events.access.RemoveSource;
import io.headwater.events.access.RevokeIntegration;
import io.headwater.schema.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// Commands as they come on the topic → what a site is asked.
final class SiteCommands {

    private SiteCommands() {}

    /// @param ids of what is asked about, for the answer; besides the site's
    record Asked(SiteCommand command, Map<String, String> ids) {}

    /// @throws IllegalArgumentException when it is no command of a site
    static CommandHeader header(SpecificRecord command) {
        if (!Topics.ACCESS_COMMANDS.allows(command.getSchema())) {
            throw new IllegalArgumentException("no command of a site");
        }
        return new CommandHeader(
                String.valueOf(field(command, "command_id")),
                Topics.ACCESS_KEY,
                (Instant) field(command, "requested_at"));
    }

    private static Object field(SpecificRecord command, String name) {
        return command.get(command.getSchema().getField(name).pos());
    }

    /// All but those about addresses, which [IpLists] decides.
    static Asked read(SpecificRecord command) {
        return switch (command) {
            case CreateSite c ->
                    asked(
                            new SiteCommand.Create(
                                    c.getSiteId(), c.getName(), c.getSiteKey(), c.getDomains()));
            case ChangeSite c ->
                    asked(
                            new SiteCommand.Change(
                                    c.getSiteId(), c.getChanges(), c.getCleared(), c.getActor()));
            case AddDomain c ->
                    asked(
                            new SiteCommand.AddDomain(
                                    c.getSiteId(), c.getDomainId(), c.getDomain()),
                            "domain_id",
                            c.getDomainId());
            case RemoveDomain c ->
                    asked(
                            new SiteCommand.RemoveDomain(c.getSiteId(), c.getDomainId()),
                            "domain_id",
                            c.getDomainId());
            case CreateForm c ->
                    ofForm(
                            new SiteCommand.CreateForm(
                                    c.getSiteId(),
                                    c.getFormId(),
                                    c.getName(),
                                    c.getFormJson(),
                                    c.getThankYouUrl()),
                            c.getFormId());
            case ChangeForm c ->
                    ofForm(
                            new SiteCommand.ChangeForm(
                                    c.getSiteId(),
                                    c.getFormId(),
                                    c.getChanges(),
                                    c.getCleared(),
                                    c.getActor()),
                            c.getFormId());
            case RemoveForm c ->
                    ofForm(
                            new SiteCommand.RemoveForm(c.getSiteId(), c.getFormId(), c.getActor()),
                            c.getFormId());
            case CreateIntegration c ->
                    asked(
                            new SiteCommand.CreateIntegration(
                                    c.getSiteId(),
                                    c.getIntegrationId(),
                                    c.getName(),
                                    c.getKeyPrefix(),
                                    c.getKeyHash()),
                            "integration_id",
                            c.getIntegrationId());
            case RevokeIntegration c ->
                    asked(
                            new SiteCommand.RevokeIntegration(c.getSiteId(), c.getIntegrationId()),
                            "integration_id",
                            c.getIntegrationId());
            default -> readOfSource(command);
        };
    }

    private static Asked readOfSource(SpecificRecord command) {
        return switch (command) {
            case CreateSource c ->
                    ofSource(
                            new SiteCommand.CreateSource(
                                    c.getSiteId(), c.getSourceId(), spec(c), c.getActor()),
                            c.getSourceId());
            case ChangeSource c ->
                    ofSource(
                            new SiteCommand.ChangeSource(
                                    c.getSiteId(),
                                    c.getSourceId(),
                                    c.getExpectedVersion(),
                                    c.getChanges(),
                                    c.getCleared(),
                                    c.getActor()),
                            c.getSourceId());
            case MapSource c ->
                    ofSource(
                            new SiteCommand.MapSource(
                                    c.getSiteId(),
                                    c.getSourceId(),
                                    c.getExpectedVersion(),
                                    c.getMapping(),
                                    c.getActor()),
                            c.getSourceId());
            case RemoveSource c ->
                    ofSource(
                            new SiteCommand.RemoveSource(
                                    c.getSiteId(),
                                    c.getSourceId(),
                                    c.getExpectedVersion(),
                                    c.getActor()),
                            c.getSourceId());
            case AddSourceSecret c ->
                    ofSource(
                            new SiteCommand.AddSecret(
                                    c.getSiteId(),
                                    c.getSourceId(),
                                    c.getSecretId(),
                                    c.getSecret(),
                                    c.getOlderUntil(),
                                    c.getRequestedAt(),
                                    c.getActor()),
                            c.getSourceId());
            case EndSourceSecret c ->
                    ofSource(
                            new SiteCommand.EndSecret(
                                    c.getSiteId(),
                                    c.getSourceId(),
                                    c.getSecretId(),
                                    c.getMayBeLast(),
                                    c.getRequestedAt(),
                                    c.getActor()),
                            c.getSourceId());
            default -> throw new IllegalStateException("no rule for " + command.getSchema());
        };
    }

    private static SourceSpec spec(CreateSource c) {
        return new SourceSpec(
                c.getName(),
                c.getProvider(),
                c.getSecrets(),
                c.getSecretIds(),
                c.getMapping(),
                c.getSignatureScheme(),
                c.getSignatureOptions(),
                c.getDuplicateWindowSeconds(),
                c.getPersonWindowSeconds(),
                c.getPerMinute(),
                c.getPerDay(),
                c.getOptions(),
                c.getSecretOptions());
    }

    private static Asked asked(SiteCommand command) {
        return new Asked(command, Map.of());
    }

    private static Asked asked(SiteCommand command, String idName, String id) {
        return new Asked(command, Map.of(idName, id));
    }

    private static Asked ofForm(SiteCommand command, String formId) {
        return asked(command, "form_id", formId);
    }

    private static Asked ofSource(SiteCommand command, String sourceId) {
        return asked(command, "source_id", sourceId);
    }
}
