package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.axon.Rules;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.RemoveIp;
import io.headwater.state.ClaimState;
import java.time.Instant;
import java.util.HashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rules over all sites: site keys and source ids exist once, no address is on two lists; all
/// else is the site's to decide.
final class SiteRules implements Rules<SiteEvent> {

    static final String CLAIMS = "claims";

    private final TaskScope scope;
    private final KeyValueStore<String, ClaimState> claims;
    private final IpLists ips;

    SiteRules(TaskScope scope, NamesOfPeople names) {
        this.scope = scope;
        this.claims = scope.store(CLAIMS);
        this.ips = new IpLists(scope, names);
    }

    /// @throws IllegalArgumentException also when it names no address where one is needed
    @Override
    public CommandHeader header(SpecificRecord command) {
        switch (command) {
            case BlockIp c -> ips.read(c.getSiteId(), c.getIp());
            case AllowIp c -> ips.read(c.getSiteId(), c.getIp());
            case RemoveIp c -> ips.read(c.getSiteId(), c.getIp());
            default -> {}
        }
        return SiteCommands.header(command);
    }

    @Override
    public Answer decide(SpecificRecord command, Decision<SiteEvent> decision) {
        return switch (command) {
            case BlockIp c -> ips.block(c);
            case AllowIp c -> ips.allow(c);
            case RemoveIp c -> ips.remove(c);
            default -> decide(SiteCommands.read(command));
        };
    }

    private Answer decide(SiteCommands.Asked asked) {
        return switch (asked.command()) {
            case SiteCommand.Create c ->
                    claiming(
                            siteKey(c.siteKey()),
                            "site-key-taken",
                            "Another site has this key.",
                            asked);
            case SiteCommand.CreateSource c ->
                    claiming(
                            source(c.sourceId()),
                            "source-exists",
                            "There is such a source already.",
                            asked);
            default -> answer(asked);
        };
    }

    /// Name of a claim; so is the next.
    static String siteKey(String siteKey) {
        return "site-key:" + siteKey;
    }

    static String source(String sourceId) {
        return "source:" + sourceId;
    }

    private Answer claiming(String claim, String code, String detail, SiteCommands.Asked asked) {
        if (claims.get(claim) != null) {
            throw new Refused(Refused.Reason.RULE_VIOLATED, code, detail);
        }
        var answer = answer(asked);
        claims.put(claim, new ClaimState(asked.command().siteId()));
        return answer;
    }

    private Answer answer(SiteCommands.Asked asked) {
        String siteId = asked.command().siteId();
        String outcome = String.valueOf(scope.handle(asked.command()));
        var ids = new HashMap<>(asked.ids());
        ids.put("site_id", siteId);
        return Answer.accepted(outcome, siteId, ids);
    }

    /// Claims are for ever; lines of IP lists may end.
    @Override
    public void forget(String kind, String key, Instant now) {
        ips.forget(key, now);
    }
}
