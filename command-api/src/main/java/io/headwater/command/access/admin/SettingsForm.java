package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.command.platform.directory.Stage;
import io.headwater.command.platform.retention.Kept;
import io.headwater.events.access.SiteChange;
import io.headwater.vault.DataKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settings of a site as JSON: read into a change, and written. What is null goes back to its
/// default.
final class SettingsForm {

    private static final int MOST_STAGES = 40;
    private static final int MOST_TEXTS = 200;
    private static final Duration LONGEST_BLOCK = Duration.ofDays(366);
    private static final Pattern TEST_STRING = Pattern.compile("\\S.{0,98}\\S");
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,126}"
                            + "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?");
    private static final String SLUG_WORDS =
            "lower-case letters, digits, dashes and underscores, at most 40";

    private static final int LONGEST_WORD = 20;
    private static final String KINDS_OF_SITES =
            Kept.OF_SITES.stream().sorted().map(DataKind::word).collect(Collectors.joining(", "));

    private SettingsForm() {}

    /// @param cleared takes the names of what is null
    static void read(Members body, SiteChange.Builder change, List<String> cleared) {
        change.setEnabled(body.flag("enabled"));
        change.setBotDetection(body.flag("bot_detection"));
        change.setHoneypotBlockSeconds(body.seconds("honeypot_block", LONGEST_BLOCK));
        change.setTestStrings(
                body.texts("test_strings", MOST_TEXTS, TEST_STRING, "2 to 100 characters"));
        change.setForwarding(body.flag("forwarding"));
        change.setForwardTests(body.flag("forward_tests"));
        change.setCompetitorDomains(
                lower(
                        body.texts(
                                "competitor_domains",
                                MOST_TEXTS,
                                DOMAIN,
                                "a domain such as example.com")));
        change.setPipeline(pipeline(body));
        change.setLossReasons(body.texts("loss_reasons", MOST_TEXTS, SLUG, SLUG_WORDS));
        change.setThankYouStatus(status(body));
        change.setRecordSessions(body.flag("record_sessions"));
        change.setContactWithoutConsent(body.flag("contact_without_consent"));
        change.setRetention(retention(body));
        for (String name :
                List.of(
                        "enabled",
                        "bot_detection",
                        "test_strings",
                        "forwarding",
                        "forward_tests",
                        "competitor_domains",
                        "pipeline",
                        "loss_reasons",
                        "thank_you_status",
                        "record_sessions",
                        "contact_without_consent",
                        "retention")) {
            if (body.isNull(name)) {
                cleared.add(name);
            }
        }
        if (body.isNull("honeypot_block")) {
            cleared.add("honeypot_block_seconds");
        }
    }

    private static @Nullable List<String> lower(@Nullable List<String> texts) {
        return texts == null
                ? null
                : texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).distinct().toList();
    }

    private static @Nullable Integer status(Members body) {
        Long status = body.number("thank_you_status", 301, 303);
        if (status != null && status == 302) {
            body.wrong("thank_you_status", "must be 303 or 301");
            return null;
        }
        return status == null ? null : status.intValue();
    }

    /// All rules of the site at once: a kind that is not named is kept as the platform has it.
    private static @Nullable Map<String, Integer> retention(Members body) {
        var given = body.map("retention", DataKind.values().length, LONGEST_WORD);
        if (given == null) {
            return null;
        }
        var days = new TreeMap<String, Integer>();
        given.forEach((name, word) -> {
            var kind = DataKind.of(name).filter(Kept.OF_SITES::contains);
            if (kind.isEmpty()) {
                body.wrong("retention." + name, "is none of " + KINDS_OF_SITES);
                return;
            }
            try {
                days.put(name, Kept.of(kind.get(), word).days());
            } catch (IllegalArgumentException wrong) {
                body.wrong("retention." + name, String.valueOf(wrong.getMessage()));
            }
        });
        return days;
    }

    private static @Nullable List<io.headwater.events.Stage> pipeline(Members body) {
        var given = body.objects("pipeline", MOST_STAGES);
        if (given == null) {
            return null;
        }
        var stages = new ArrayList<io.headwater.events.Stage>();
        var keys = new HashSet<String>();
        for (var stage : given) {
            String key = stage.text("key", SLUG, SLUG_WORDS);
            String name = stage.text("name", 100);
            String kind = stage.text("kind", 20);
            if (kind == null) {
                stage.wrong("kind", "is required");
            } else if (Stage.Kind.of(kind).isEmpty()) {
                stage.wrong(
                        "kind", "is none of open, appointment, shown, quoted, won, lost, returned");
            }
            if (key == null) {
                stage.wrong("key", "is required");
            } else if (!keys.add(key)) {
                stage.wrong("key", "is that of another stage");
            }
            if (key != null && kind != null) {
                stages.add(new io.headwater.events.Stage(key, name == null ? key : name, kind));
            }
        }
        requireEnds(body, stages);
        return stages;
    }

    /// A lead begins somewhere and every fact that ends its life has a stage to end in.
    private static void requireEnds(Members body, List<io.headwater.events.Stage> stages) {
        if (stages.isEmpty() || !stages.getFirst().getKind().equals(Stage.Kind.OPEN.word())) {
            body.wrong("pipeline", "must begin with an open stage");
        }
        for (var end : List.of(Stage.Kind.WON, Stage.Kind.LOST, Stage.Kind.RETURNED)) {
            if (stages.stream().noneMatch(stage -> stage.getKind().equals(end.word()))) {
                body.wrong("pipeline", "must have a stage of kind " + end.word());
            }
        }
    }

    static Map<String, Object> view(SiteSettings settings) {
        var view = new LinkedHashMap<String, Object>();
        view.put("enabled", settings.enabled());
        view.put("bot_detection", settings.botDetection());
        view.put("honeypot_block", settings.honeypotBlock().toString());
        view.put("test_strings", settings.testStrings());
        view.put("forwarding", settings.forwarding());
        view.put("forward_tests", settings.forwardTests());
        view.put("competitor_domains", settings.competitorDomains());
        view.put("pipeline", settings.pipeline().stream().map(SettingsForm::stage).toList());
        view.put("loss_reasons", settings.lossReasons());
        view.put("thank_you_status", settings.thankYouStatus());
        view.put("record_sessions", settings.recordSessions());
        view.put("contact_without_consent", settings.contactWithoutConsent());
        var retention = new TreeMap<String, String>();
        settings.retention()
                .forEach((kind, days) -> retention.put(kind, new Kept(days).toString()));
        view.put("retention", retention);
        return view;
    }

    private static Map<String, String> stage(Stage stage) {
        var view = new LinkedHashMap<String, String>();
        view.put("key", stage.key());
        view.put("name", stage.name());
        view.put("kind", stage.kind().word());
        return view;
    }
}
