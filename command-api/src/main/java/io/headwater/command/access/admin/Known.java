package io.headwater.command.access.admin;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.FormConfig;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must be there before something is done to it.
final class Known {

    private Known() {}

    /// @throws Refused 404
    static SiteConfig site(AccessDirectory directory, String siteId) {
        return directory.siteById(siteId).orElseThrow(() -> unknown("site"));
    }

    /// @param siteId null: the only site that has a form of this id
    /// @throws Refused 404
    /// @throws io.headwater.command.platform.web.ProblemException 400 when several sites have one
    static FormConfig form(AccessDirectory directory, @Nullable String siteId, String formId) {
        var forms =
                directory.forms().stream()
                        .filter(form -> form.formId().equals(formId))
                        .filter(form -> siteId == null || form.siteId().equals(siteId))
                        .toList();
        if (forms.isEmpty()) {
            throw unknown("form");
        }
        if (forms.size() > 1) {
            throw invalidParameter("site_id", "is required: several sites have a form of this id");
        }
        return forms.getFirst();
    }

    static Refused unknown(String noun) {
        return new Refused(
                Refused.Reason.UNKNOWN,
                "unknown-" + noun,
                "There is no " + noun + " with this id.");
    }

    static RuntimeException invalidParameter(String name, String message) {
        return ProblemType.INVALID_FIELDS
                .with("A parameter is invalid; see errors.")
                .on(List.of(new FieldError(name, message)))
                .asException();
    }
}
