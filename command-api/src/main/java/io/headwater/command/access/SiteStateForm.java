package io.headwater.command.access;

import io.headwater.command.platform.axon.EntityState;
import io.headwater.command.platform.axon.Folded;
import io.headwater.state.SiteState;
import io.headwater.state.SourceState;
import java.time.Instant;
import java.util.HashMap;
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
                saved(site.sources()));
    }

    private static Map<String, SourceState> saved(Map<String, SiteSource> sources) {
        var saved = new TreeMap<String, SourceState>();
        sources.forEach((id, source) -> {
            var ends = new TreeMap<String, Long>();
            source.secrets().forEach((secret, end) -> ends.put(secret, end.toEpochMilli()));
            saved.put(id, new SourceState(source.version(), source.mappingVersion(), ends));
        });
        return saved;
    }

    private static Map<String, SiteSource> restored(Map<String, SourceState> saved) {
        var sources = new HashMap<String, SiteSource>();
        saved.forEach((id, state) -> {
            var secrets = new TreeMap<String, Instant>();
            state.getSecretEnds()
                    .forEach((secret, end) -> secrets.put(secret, Instant.ofEpochMilli(end)));
            sources.put(id, new SiteSource(state.getVersion(), state.getMappingVersion(), secrets));
        });
        return Map.copyOf(sources);
    }

    @Override
    public Folded<Site> restore(SiteState state) {
        return new Folded<>(
                new Site(
                        state.getSiteId(),
                        Map.copyOf(state.getDomains()),
                        Set.copyOf(state.getForms()),
                        Set.copyOf(state.getIntegrations()),
                        restored(state.getSources())),
                state.getVersion());
    }
}
