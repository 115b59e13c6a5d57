package io.headwater.command.access;

import io.headwater.command.platform.axon.Decider;
import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.state.SiteState;
import java.util.List;

/// The decider of what administrators configure.
///
/// in: `access.commands.v1`, all under one key out: `access.events.v1` under the same
final class AccessDecider {

    private static final int STORE_VERSION = 2;

    private AccessDecider() {}

    /// @param names opens the addresses of the lists, and gives them names
    static Decider<Site, SiteEvent, SiteState> of(SchemaIds ids, NamesOfPeople names) {
        return new Decider<>(
                new DeciderSpec(
                        "access",
                        STORE_VERSION,
                        Topics.ACCESS_COMMANDS,
                        Topics.ACCESS_EVENTS,
                        Topics.ACCESS_DEAD_LETTERS,
                        ids),
                Site.class,
                SiteEvent.class,
                new SiteStateForm(),
                SitePublisher::publish,
                scope -> new SiteRules(scope, names),
                List.of(SiteRules.CLAIMS, IpLists.STORE),
                List.of(
                        new SiteCommand.Create("site", "site", "key", List.of()),
                        new SiteCommand.AddDomain("site", "domain", "example.org")));
    }
}
