package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.axon.Rules;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.events.Pii;
import io.headwater.events.access.AddDomain;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.CreateForm;
import io.headwater.events.access.CreateIntegration;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.RemoveDomain;
import io.headwater.events.access.RemoveIp;
import io.headwater.events.access.RevokeIntegration;
import io.headwater.schema.Topics;
import io.headwater.state.ClaimState;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rules over all sites: site keys and source ids exist once; all else is the site's to decide.
final class SiteRules implements Rules<SiteEvent> {

    static final String CLAIMS = "claims";

    private final TaskScope scope;
    private final KeyValueStore<String, ClaimState> claims;
    private final IpLists ips;

    SiteRules(TaskScope scope) {
        this.scope = scope;
        this.claims = scope.store(CLAIMS);
        this.ips = new IpLists(scope);
    }

    @Override
    public CommandHeader header(SpecificRecord command) {
        return switch (command) {
            case CreateSite c -> header(c.getCommandId(), c.getRequestedAt());
            case AddDomain c -> header(c.getCommandId(), c.getRequestedAt());
            case RemoveDomain c -> header(c.getCommandId(), c.getRequestedAt());
            case CreateForm c -> header(c.getCommandId(), c.getRequestedAt());
            case CreateIntegration c -> header(c.getCommandId(), c.getRequestedAt());
            case RevokeIntegration c -> header(c.getCommandId(), c.getRequestedAt());
            case CreateSource c -> header(c.getCommandId(), c.getRequestedAt());
            case BlockIp c -> header(c.getCommandId(), c.getRequestedAt(), c.getIp());
            case AllowIp c -> header(c.getCommandId(), c.getRequestedAt(), c.getIp());
            case RemoveIp c -> header(c.getCommandId(), c.getRequestedAt(), c.getIp());
            default -> throw new IllegalArgumentException("no command of a site");
        };
    }

    private static CommandHeader header(String commandId, Instant requestedAt) {
        return new CommandHeader(commandId, Topics.ACCESS_KEY, requestedAt);
    }

    /// @throws IllegalArgumentException when it is no range
    private static CommandHeader header(String commandId, Instant requestedAt, Pii ip) {
        IpLists.range(ip);
        return header(commandId, requestedAt);
    }

    @Override
    public Answer decide(SpecificRecord command, Decision<SiteEvent> decision) {
        return switch (command) {
            case CreateSite c -> create(c);
            case AddDomain c ->
                    answer(
                            new SiteCommand.AddDomain(
                                    c.getSiteId(), c.getDomainId(), c.getDomain()),
                            "domain_id",
                            c.getDomainId());
            case RemoveDomain c ->
                    answer(
                            new SiteCommand.RemoveDomain(c.getSiteId(), c.getDomainId()),
                            "domain_id",
                            c.getDomainId());
            case CreateForm c ->
                    answer(
                            new SiteCommand.CreateForm(
                                    c.getSiteId(),
                                    c.getFormId(),
                                    c.getName(),
                                    c.getFormJson(),
                                    c.getThankYouUrl()),
                            "form_id",
                            c.getFormId());
            case CreateIntegration c ->
                    answer(
                            new SiteCommand.CreateIntegration(
                                    c.getSiteId(),
                                    c.getIntegrationId(),
                                    c.getName(),
                                    c.getKeyPrefix(),
                                    c.getKeyHash()),
                            "integration_id",
                            c.getIntegrationId());
            case RevokeIntegration c ->
                    answer(
                            new SiteCommand.RevokeIntegration(c.getSiteId(), c.getIntegrationId()),
                            "integration_id",
                            c.getIntegrationId());
            case CreateSource c -> createSource(c);
            case BlockIp c -> ips.block(c);
            case AllowIp c -> ips.allow(c);
            case RemoveIp c -> ips.remove(c);
            default -> throw new IllegalStateException("no rule for " + command.getSchema());
        };
    }

    private Answer create(CreateSite c) {
        String claim = "site-key:" + c.getSiteKey();
        requireFree(claim, "site-key-taken", "Another site has this key.");
        var answer =
                answer(
                        new SiteCommand.Create(
                                c.getSiteId(), c.getName(), c.getSiteKey(), c.getDomains()),
                        "site_id",
                        c.getSiteId());
        claims.put(claim, new ClaimState(c.getSiteId()));
        return answer;
    }

    private Answer createSource(CreateSource c) {
        String claim = "source:" + c.getSourceId();
        requireFree(claim, "source-exists", "There is such a source already.");
        var answer =
                answer(
                        new SiteCommand.CreateSource(
                                c.getSiteId(),
                                c.getSourceId(),
                                c.getName(),
                                c.getProvider(),
                                c.getSecrets(),
                                c.getMapping(),
                                c.getDuplicateWindowSeconds()),
                        "source_id",
                        c.getSourceId());
        claims.put(claim, new ClaimState(c.getSiteId()));
        return answer;
    }

    private void requireFree(String claim, String code, String detail) {
        if (claims.get(claim) != null) {
            throw new Refused(Refused.Reason.RULE_VIOLATED, code, detail);
        }
    }

    private Answer answer(SiteCommand command, String idName, String id) {
        String outcome = String.valueOf(scope.handle(command));
        return Answer.accepted(outcome, command.siteId(), ids(command.siteId(), idName, id));
    }

    private static Map<String, String> ids(String siteId, String idName, String id) {
        return idName.equals("site_id")
                ? Map.of(idName, id)
                : Map.of("site_id", siteId, idName, id);
    }

    /// Claims are for ever; lines of IP lists may end.
    @Override
    public void forget(String kind, String key, Instant now) {
        ips.forget(key, now);
    }
}
