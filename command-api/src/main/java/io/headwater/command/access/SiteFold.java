package io.headwater.command.access;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.state.FoldScope;
import io.headwater.command.platform.state.StateFold;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.access.IpAllowed;
import io.headwater.events.access.IpBlocked;
import io.headwater.events.access.IpRemoved;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import io.headwater.state.ClaimState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The stores of the access decider, from its events; [SiteRules] fills them as it decides.
final class SiteFold implements StateFold<Site> {

    /// Of what an answer names, besides the site.
    private static final List<String> IDS =
            List.of("domain_id", "form_id", "integration_id", "source_id", "entry_id");

    private final KeyValueStore<String, ClaimState> claims;
    private final IpEntries ips;

    SiteFold(FoldScope<Site> scope, NamesOfPeople names) {
        this.claims = scope.store(SiteRules.CLAIMS);
        this.ips = new IpEntries(scope.store(IpLists.STORE), scope.expiries(), names);
    }

    @Override
    public Site entity(@Nullable Site before, SpecificRecord event) {
        return SiteReader.fold(before, event);
    }

    @Override
    public Answer rest(String key, SpecificRecord event, @Nullable Answer before) {
        switch (event) {
            case SiteCreated e -> claim(SiteRules.siteKey(e.getSiteKey()), e.getSiteId());
            case SourceCreated e -> claim(SiteRules.source(e.getSourceId()), e.getSiteId());
            case IpBlocked e ->
                    ips.put(
                            e.getSiteId(),
                            true,
                            e.getIp(),
                            e.getEntryId(),
                            IpLists.BLOCKED,
                            e.getUntil());
            case IpAllowed e ->
                    ips.put(
                            e.getSiteId(),
                            false,
                            e.getIp(),
                            e.getEntryId(),
                            e.getUsage(),
                            e.getUntil());
            case IpRemoved e -> ips.remove(e.getSiteId(), e.getIp(), e.getEntryId());
            default -> {}
        }
        return before == null ? answer(event) : before;
    }

    private void claim(String name, String siteId) {
        claims.put(name, new ClaimState(siteId));
    }

    private static Answer answer(SpecificRecord event) {
        String siteId = SiteReader.meta(event).getAggregateId();
        var ids = new HashMap<String, String>();
        for (String name : IDS) {
            var field = event.getSchema().getField(name);
            if (field != null && event.get(field.pos()) instanceof String id) {
                ids.put(name, id);
            }
        }
        ids.put("site_id", siteId);
        return Answer.accepted(outcome(event), siteId, ids);
    }

    /// As the handlers of [Site] tell them.
    private static String outcome(SpecificRecord event) {
        return switch (event) {
            case SourceMapped _ -> "mapped";
            case SourceSecretAdded _ -> "added";
            case SourceSecretEnded _ -> "ended";
            case IpBlocked _ -> "blocked";
            case IpAllowed _ -> "allowed";
            default -> {
                String name = event.getSchema().getName();
                yield switch (name.replaceFirst("^(Site|Domain|Form|Integration|Source|Ip)", "")) {
                    case "Created", "Added" -> "created";
                    case "Removed" -> "removed";
                    case "Revoked" -> "revoked";
                    default -> "changed";
                };
            }
        };
    }

    @Override
    public void forget(String kind, String key, Instant now) {
        ips.forget(key, now);
    }
}
