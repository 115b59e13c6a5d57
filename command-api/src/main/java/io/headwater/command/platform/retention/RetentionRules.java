package io.headwater.command.platform.retention;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.vault.DataKind;
import io.headwater.vault.RetentionRuns.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How long each kind is kept now.
@Component
public class RetentionRules {

    private final RetentionSettings settings;
    private final AccessDirectory directory;

    RetentionRules(RetentionSettings settings, AccessDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /// Where a site says nothing.
    public Kept kept(DataKind kind) {
        return settings.kept(kind);
    }

    /// Sites that have a rule of their own.
    public Map<String, Kept> sites(DataKind kind) {
        var own = new TreeMap<String, Kept>();
        for (var site : directory.sites()) {
            Integer days = site.settings().retention().get(kind.word());
            if (days != null) {
                own.put(site.siteId(), new Kept(days));
            }
        }
        return own;
    }

    /// Whether what comes now of this kind ends by itself.
    ///
    /// @param siteId empty: none
    public boolean ends(DataKind kind, String siteId) {
        Integer days =
                directory
                        .siteById(siteId)
                        .map(SiteConfig::settings)
                        .map(site -> site.retention().get(kind.word()))
                        .orElse(null);
        return !(days == null ? kept(kind) : new Kept(days)).forEver();
    }

    /// What is over at a time. To be asked when the directory is ready: before that a site seems to
    /// have no rule.
    public Rule rule(DataKind kind, Instant now) {
        var sites = new TreeMap<String, @Nullable Instant>();
        sites(kind).forEach((site, kept) -> sites.put(site, cutoff(kept, now)));
        return new Rule(kind, cutoff(kept(kind), now), sites);
    }

    private static @Nullable Instant cutoff(Kept kept, Instant now) {
        return kept.forEver() ? null : now.minus(Duration.ofDays(kept.days()));
    }

    /// When the rules are carried out each day, UTC.
    public LocalTime at() {
        return settings.time();
    }

    /// When the rules were to be carried out last.
    public Instant lastDue(Instant now) {
        var today = now.atOffset(ZoneOffset.UTC).with(at());
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}
