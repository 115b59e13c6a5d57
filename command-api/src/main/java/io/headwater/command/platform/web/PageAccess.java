package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.command.platform.directory.SiteConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether a page is one of a site: the site's key, and an Origin or Referer of its domains; for a
/// form, one of the site. Both are enabled.
public final class PageAccess {

    private static final Duration SOON = Duration.ofSeconds(2);

    private PageAccess() {}

    public record Page(SiteConfig site, FormConfig form) {}

    /// @throws ProblemException 403 with the reason
    public static Page require(
            AccessDirectory directory,
            HttpServletRequest request,
            @Nullable String siteKey,
            @Nullable String formId) {
        var site = requireSite(directory, request, siteKey);
        var form = formId == null ? null : directory.form(site.siteId(), formId).orElse(null);
        if (form == null) {
            throw forbidden("form_not_found", "The site has no such form.");
        }
        if (!form.enabled()) {
            throw forbidden("form_disabled", "The form takes no leads at present.");
        }
        return new Page(site, form);
    }

    /// @throws ProblemException 403 with the reason
    public static SiteConfig requireSite(
            AccessDirectory directory, HttpServletRequest request, @Nullable String siteKey) {
        if (!directory.ready()) {
            throw new ProblemException(
                    ProblemType.SITE_NOT_ALLOWED
                            .with("The sites are not known yet; ask again.")
                            .because("database_error")
                            .retryAfter(SOON));
        }
        if (siteKey == null || siteKey.isBlank()) {
            throw forbidden(
                    "empty_site_key", "Send an API key, or siteKey and, for a form, formId.");
        }
        String host = Origins.host(request);
        if (host == null) {
            throw forbidden(
                    "missing_origin_referer",
                    "A page's request has an Origin or Referer header; servers use an API key.");
        }
        var site =
                directory
                        .siteByKey(siteKey)
                        .orElseThrow(() -> forbidden("site_not_found", "No site has this key."));
        if (!site.allows(host)) {
            throw forbidden(
                    "hostname_not_in_site_domains", "The page's host is not allowed on the site.");
        }
        if (!site.settings().enabled()) {
            throw forbidden("site_disabled", "The site is disabled at present.");
        }
        return site;
    }

    private static ProblemException forbidden(String reason, String detail) {
        return ProblemType.SITE_NOT_ALLOWED.with(detail).because(reason).asException();
    }
}
