package io.headwater.command.access;

import io.headwater.command.platform.axon.EntityState;
import io.headwater.command.platform.axon.Folded;
import io.headwater.state.SiteState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A site in its store, in a fixed order: the same site always has the same bytes.
final class SiteStateForm implements EntityState<Site, SiteState> {

    @Override
    public SiteState save(Folded<Site> folded) {
        var site = folded.entity();
        return new SiteState(
                site.siteId(),
                folded.version(),
                new TreeMap<>(site.domains()),
                site.forms().stream().sorted().toList(),
                site.integrations().stream().sorted().toList(),
                site.sources().stream().sorted().toList());
    }

    @Override
    public Folded<Site> restore(SiteState state) {
        return new Folded<>(
                new Site(
                        state.getSiteId(),
                        Map.copyOf(state.getDomains()),
                        Set.copyOf(state.getForms()),
                        Set.copyOf(state.getIntegrations()),
                        Set.copyOf(state.getSources())),
                state.getVersion());
    }
}
