package io.headwater.query.access;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// What command-api offers through this application, for the OpenAPI document.
@Configuration
class ForwardedOperations {
    private static final String TAG = "access";
    private static final Pattern VARIABLE = Pattern.compile("[{](\\w+)}");

    private record Forwarded(HttpMethod method, String path, String summary) {}

    private static final List<Forwarded> ALL =
            List.of(
                    get("/analytics/sites", "All sites with their domains."),
                    post("/analytics/sites", "Creates a site."),
                    get("/analytics/sites/{id}", "One site."),
                    patch("/analytics/sites/{id}", "Changes the name or settings of a site."),
                    post("/analytics/sites/{id}/domains", "Allows a domain to send for a site."),
                    delete(
                            "/analytics/sites/{id}/domains/{domainId}",
                            "Takes a domain away from a site."),
                    get("/analytics/forms", "Forms, of one site when site_id is given."),
                    post("/analytics/forms", "Creates a form."),
                    get("/analytics/forms/{formId}", "One form."),
                    patch("/analytics/forms/{formId}", "Changes a form."),
                    delete("/analytics/forms/{formId}", "Removes a form."),
                    get("/analytics/settings", "Settings of the site site_id, else of main."),
                    patch("/analytics/settings", "Changes settings; null is the default."),
                    get("/analytics/ip-lists", "Block and white list of a site, in pages."),
                    post("/analytics/ip-lists", "Puts an address or range on a list."),
                    get("/analytics/ip-lists/{entryId}", "One line of a list."),
                    delete("/analytics/ip-lists/{entryId}", "Takes a line off its list."),
                    get("/analytics/integrations", "Integrations; their keys are not told again."),
                    post(
                            "/analytics/integrations",
                            "Creates an integration; the answer tells its key once."),
                    delete(
                            "/analytics/integrations/{id}",
                            "Ends an integration; its key stops working."),
                    get(
                            "/admin/providers",
                            "Providers that a source can be made for, with their schemes."),
                    get("/admin/sources", "Webhook sources with their URLs."),
                    post("/admin/sources", "Creates a webhook source."),
                    patch(
                            "/analytics/leads/{id}",
                            "Moves a lead to a stage, or to somebody: status, assignee, team."),
                    post(
                            "/analytics/leads/{id}/{action}",
                            "move, assign, contact, appointment, quote, win, lose, return, reopen,"
                                    + " refund, merge, unmerge, note, crm, erase or withdraw-erasure;"
                                    + " an illegal one is 409 with the name of the rule."),
                    post(
                            "/analytics/leads/{id}/consents/withdraw",
                            "The person agrees no longer, for some purposes or all."),
                    get(
                            "/analytics/leads/{id}/contactable",
                            "May the person be contacted now, for the purpose of that name?"),
                    get("/admin/quarantine/{id}", "A submission as it stands in the decider."),
                    patch(
                            "/admin/quarantine/{id}",
                            "Edits a submission that waits; the edit is kept with before and after."),
                    post(
                            "/admin/quarantine/{id}/preview",
                            "What would become of it if it were let in, with edits or without."),
                    post("/admin/quarantine/{id}/release", "Lets it in."),
                    post("/admin/quarantine/{id}/reject", "Turns it down for good."),
                    get("/admin/quarantine/plans", "Plans over many, those at work first."),
                    get("/admin/quarantine/plans/{id}", "A plan and how far it is."),
                    post("/admin/quarantine/plans/{id}/start", "Starts a plan."),
                    post("/admin/quarantine/plans/{id}/cancel", "Ends a plan where it is."),
                    get("/admin/sources/{id}", "One source; its ETag is its version."),
                    patch("/admin/sources/{id}", "Changes a source; null is the default."),
                    delete("/admin/sources/{id}", "Disconnects a source."),
                    post(
                            "/admin/sources/{id}/secrets",
                            "Adds a secret; the older ones stay for a while."),
                    delete("/admin/sources/{id}/secrets/{secretId}", "Ends one secret."),
                    get("/admin/sources/{id}/mappings", "All versions of the mapping."),
                    put("/admin/sources/{id}/mapping", "Makes a new version of the mapping."),
                    post("/admin/import/leads", "Takes existing leads, a JSON object per line."),
                    post("/admin/import/sessions", "Takes past sessions, a JSON object per line."),
                    get(
                            "/admin/import/sessions",
                            "Rows of past sessions of a site, and what became of them."),
                    get("/admin/erasures", "People who are forgotten, the newest 500 leads first."),
                    get("/admin/erasures/{id}", "How far one lead is forgotten."),
                    get("/admin/erasures/visitor", "How far one visitor is forgotten."),
                    post("/admin/erasures/visitor", "Forgets what a visitor did until forgets_at."),
                    post(
                            "/admin/erasures/visitor/withdraw",
                            "The visitor is not to be forgotten after all."),
                    get(
                            "/admin/erasures/window",
                            "How long a wish to be forgotten can be withdrawn."),
                    get(
                            "/admin/retention",
                            "How long each kind of data is kept, and the last runs."),
                    get("/admin/retention/runs/{id}", "How far one run is, and what it came to."),
                    post(
                            "/admin/retention/run",
                            "Looks what would go by the rules; with dry_run=false it goes."),
                    get("/admin/suppressions", "Lists of who must not be contacted."),
                    post("/admin/suppressions", "Puts addresses, numbers or hashes on a list."),
                    post("/admin/suppressions/remove", "Takes them off a list."),
                    post("/admin/suppressions/clear", "Takes everybody off a list."),
                    post("/admin/suppressions/check", "Which lists each of them is on."),
                    get("/commands/{id}", "What became of a command that was answered with 202."));

    private static Forwarded get(String path, String summary) {
        return new Forwarded(HttpMethod.GET, path, summary);
    }

    private static Forwarded post(String path, String summary) {
        return new Forwarded(HttpMethod.POST, path, summary);
    }

    private static Forwarded patch(String path, String summary) {
        return new Forwarded(HttpMethod.PATCH, path, summary);
    }

    private static Forwarded put(String path, String summary) {
        return new Forwarded(HttpMethod.PUT, path, summary);
    }

    private static Forwarded delete(String path, String summary) {
        return new Forwarded(HttpMethod.DELETE, path, summary);
    }

    /// Before the one that completes all operations.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    OpenApiCustomizer forwardedToCommandApi() {
        return document -> {
            document.addTagsItem(
                    new Tag()
                            .name(TAG)
                            .description(
                                    "Sites, forms, integrations, sources, commands and what is"
                                            + " done with leads are forwarded"
                                            + " to command-api, whose OpenAPI document describes the"
                                            + " bodies."));
            for (Forwarded one : ALL) {
                PathItem item =
                        document.getPaths().computeIfAbsent(one.path(), _ -> new PathItem());
                item.operation(one.method(), operation(one));
            }
        };
    }

    private static Operation operation(Forwarded one) {
        var operation =
                new Operation()
                        .addTagsItem(TAG)
                        .summary(one.summary())
                        .responses(
                                new ApiResponses()
                                        .addApiResponse(
                                                "200",
                                                new ApiResponse()
                                                        .description("as command-api answers")));
        VARIABLE.matcher(one.path())
                .results()
                .forEach(variable ->
                        operation.addParametersItem(
                                new PathParameter()
                                        .name(variable.group(1))
                                        .schema(new StringSchema())));
        return operation;
    }
}
