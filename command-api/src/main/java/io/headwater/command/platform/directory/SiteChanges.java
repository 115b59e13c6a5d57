package io.headwater.command.platform.directory;

import static io.headwater.command.platform.directory.AccessFold.or;

import io.headwater.events.access.SiteChanged;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change does to a site and its settings.
final class SiteChanges {

    private final SiteSettings old;
    private final SiteChanged event;

    private SiteChanges(SiteSettings old, SiteChanged event) {
        this.old = old;
        this.event = event;
    }

    static SiteConfig applied(SiteConfig site, SiteChanged event) {
        return new SiteConfig(
                site.siteId(),
                or(event.getChanges().getName(), site.name()),
                site.siteKey(),
                site.domains(),
                new SiteChanges(site.settings(), event).settings(),
                site.ips());
    }

    private SiteSettings settings() {
        var changes = event.getChanges();
        var standard = SiteSettings.DEFAULT;
        return new SiteSettings(
                next("enabled", changes.getEnabled(), old.enabled(), standard.enabled()),
                next(
                        "bot_detection",
                        changes.getBotDetection(),
                        old.botDetection(),
                        standard.botDetection()),
                next(
                        "honeypot_block_seconds",
                        duration(changes.getHoneypotBlockSeconds()),
                        old.honeypotBlock(),
                        standard.honeypotBlock()),
                next(
                        "test_strings",
                        changes.getTestStrings(),
                        old.testStrings(),
                        standard.testStrings()),
                next(
                        "forwarding",
                        changes.getForwarding(),
                        old.forwarding(),
                        standard.forwarding()),
                next(
                        "forward_tests",
                        changes.getForwardTests(),
                        old.forwardTests(),
                        standard.forwardTests()),
                next(
                        "competitor_domains",
                        changes.getCompetitorDomains(),
                        old.competitorDomains(),
                        standard.competitorDomains()),
                next("pipeline", stages(), old.pipeline(), standard.pipeline()),
                next(
                        "loss_reasons",
                        changes.getLossReasons(),
                        old.lossReasons(),
                        standard.lossReasons()),
                next(
                        "thank_you_status",
                        changes.getThankYouStatus(),
                        old.thankYouStatus(),
                        standard.thankYouStatus()),
                next(
                        "record_sessions",
                        changes.getRecordSessions(),
                        old.recordSessions(),
                        standard.recordSessions()),
                next(
                        "contact_without_consent",
                        changes.getContactWithoutConsent(),
                        old.contactWithoutConsent(),
                        standard.contactWithoutConsent()),
                next("retention", changes.getRetention(), old.retention(), standard.retention()));
    }

    private <T> T next(String name, @Nullable T changed, T current, T standard) {
        return event.getCleared().contains(name) ? standard : or(changed, current);
    }

    private static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /// A kind that this version does not know is an open stage.
    private @Nullable List<Stage> stages() {
        var stages = event.getChanges().getPipeline();
        return stages == null
                ? null
                : stages.stream()
                        .map(stage ->
                                new Stage(
                                        stage.getKey(),
                                        stage.getName(),
                                        Stage.Kind.of(stage.getKind()).orElse(Stage.Kind.OPEN)))
                        .toList();
    }
}
