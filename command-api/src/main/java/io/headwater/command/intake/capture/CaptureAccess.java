package io.headwater.command.intake.capture;

import io.headwater.command.intake.LeadField;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IntegrationConfig;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.PageAccess;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// The two ways in: an integration's key, or a form of a site, from one of the site's own pages.
@Component
final class CaptureAccess {

    private final AccessDirectory directory;

    CaptureAccess(AccessDirectory directory) {
        this.directory = directory;
    }

    /// @return the integration of the presented key; null when no key is presented
    /// @throws ProblemException 401 for a wrong key
    @Nullable IntegrationConfig keyed(HttpServletRequest request) {
        Problems.requireReady(directory);
        String key = ApiKeys.presented(request);
        if (key == null) {
            return null;
        }
        return directory
                .integrationByKey(key)
                .orElseThrow(() ->
                        ProblemType.UNAUTHENTICATED
                                .with("No integration has this key.")
                                .asException());
    }

    Caller keyedCaller(IntegrationConfig integration, HttpServletRequest request, JsonNode body) {
        String formId = member(body, "formid");
        return new Caller(
                integration.siteId(),
                integration.integrationId(),
                formId == null ? null : directory.form(integration.siteId(), formId).orElse(null),
                formId,
                ApiKeys.presented(request));
    }

    /// @throws ProblemException 403 with the reason
    Caller visitor(HttpServletRequest request, JsonNode body) {
        var page =
                PageAccess.require(
                        directory, request, member(body, "sitekey"), member(body, "formid"));
        return new Caller(page.site().siteId(), null, page.form(), page.form().formId(), null);
    }

    /// @return of the redirect after a browser's post, as the site wants it
    int thankYouStatus(Caller caller) {
        return directory
                .siteById(caller.siteId())
                .map(SiteConfig::settings)
                .orElse(SiteSettings.DEFAULT)
                .thankYouStatus();
    }

    private static @Nullable String member(JsonNode body, String canonicalName) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = LeadField.canonical(member.getKey());
            if (name.equals(canonicalName) || name.equals("pg" + canonicalName)) {
                String value = Text.field(Json.text(member.getValue()), 200);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }
}
