package io.headwater.command.intake.quarantine;

import io.headwater.command.intake.LeadDecisions;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.body.Text;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds the site of a submission: `<site id>_<submission id>` says it, a bare submission id does
/// where there is one site, and else all sites are asked.
@Component
class Refs {

    private static final Pattern NAMED = Pattern.compile("([a-z0-9-]{1,40})_([0-9a-fA-F-]{32,36})");
    private static final Pattern BARE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");

    /// Asking more for one submission would be a burden to all of them.
    private static final int MOST_SITES = 100;

    private final AccessDirectory directory;
    private final QuarantinedSubmissions quarantined;

    Refs(AccessDirectory directory, QuarantinedSubmissions quarantined) {
        this.directory = directory;
        this.quarantined = quarantined;
    }

    /// @return null when the text is none
    @Nullable SubmissionRef parse(String text, @Nullable String siteId) {
        var named = NAMED.matcher(text);
        if (named.matches()) {
            String id = uuid(named.group(2));
            return id == null ? null : new SubmissionRef(named.group(1), id);
        }
        String id = uuid(text);
        if (id == null) {
            return null;
        }
        String site = siteId != null ? Text.clean(siteId) : onlySite();
        return site == null ? null : new SubmissionRef(site, id);
    }

    /// @return in the form of our own ids
    private static @Nullable String uuid(String text) {
        if (BARE.matcher(text).matches()) {
            return UUID.fromString(text).toString();
        }
        return HEX.matcher(text).matches()
                ? UUID.fromString(
                                text.replaceFirst(
                                        "(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"))
                        .toString()
                : null;
    }

    private @Nullable String onlySite() {
        var sites = directory.sites();
        return sites.size() == 1 ? sites.getFirst().siteId() : null;
    }

    /// @throws Refused when no site has it
    /// @throws io.headwater.command.platform.web.ProblemException 400 when it is no id of one
    SubmissionRef find(String text, @Nullable String siteId) {
        var parsed = parse(text, siteId);
        if (parsed != null) {
            return parsed;
        }
        String id = uuid(text);
        var sites = directory.sites();
        if (id == null || sites.size() > MOST_SITES) {
            throw new FieldError(
                            "submission_id",
                            id == null
                                    ? "is no submission id"
                                    : "needs its site: <site id>_<submission id>")
                    .asException();
        }
        var asked =
                sites.stream()
                        .map(SiteConfig::siteId)
                        .map(site -> new SubmissionRef(site, id))
                        .map(ref ->
                                new Asked(
                                        ref,
                                        quarantined
                                                .inspect(ref)
                                                .thenApply(result -> result.getAccepted())))
                        .toList();
        return asked.stream()
                .filter(one -> LeadDecisions.word(one.known()))
                .map(Asked::ref)
                .findFirst()
                .orElseThrow(() ->
                        new Refused(
                                Refused.Reason.UNKNOWN,
                                "unknown-submission",
                                "No submission of this id is or was in the quarantine of any site."));
    }

    private record Asked(SubmissionRef ref, CompletableFuture<Boolean> known) {}
}
