package io.headwater.command.access.admin;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.Providers;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.directory.SourceDetails;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source as administrators see it. Secrets are shown once, when they are made; from then on the
/// first characters of what is kept: of the secret, or of its digest.
final class SourceView {

    /// Of a secret that is long enough to stay one with these known.
    private static final int SHOWN = 6;

    private static final int SHOWN_OF_DIGEST = "sha256:".length() + 8;

    private static final int LONG_ENOUGH = 16;

    private final Providers providers;
    private final String base;

    SourceView(Providers providers, URI publicUrl) {
        this.providers = providers;
        this.base = publicUrl.toString().replaceFirst("(?<!/)/+$", "");
    }

    Map<String, Object> of(SourceDetails source, Instant now) {
        var config = source.at(now);
        String scheme = scheme(config);
        var view = new LinkedHashMap<String, Object>();
        view.put("id", config.sourceId());
        view.put("source_id", config.sourceId());
        view.put("site_id", config.siteId());
        view.put("name", config.name());
        view.put("provider", config.provider());
        view.put("url", url(config, null));
        view.put("version", source.version());
        var signature = new LinkedHashMap<String, Object>();
        signature.put("scheme", scheme);
        signature.put("options", config.scheme().options());
        signature.put(
                "secrets",
                source.secrets().stream()
                        .filter(secret -> secret.liveAt(now))
                        .map(SourceView::secret)
                        .toList());
        view.put("signature", signature);
        view.put("mapping", config.mapping());
        view.put("mapping_version", config.mappingVersion());
        view.put("duplicate_window", config.personWindow().toString());
        view.put("repeat_window", config.duplicateWindow().toString());
        var limits = new LinkedHashMap<String, Object>();
        limits.put("per_minute", config.limits().perMinute());
        limits.put("per_day", config.limits().perDay());
        view.put("limits", limits);
        view.put("options", config.options());
        view.put("secret_options", config.secretOptions().keySet().stream().sorted().toList());
        view.put("created_at", source.createdAt().toString());
        view.put("created_by", source.createdBy());
        return view;
    }

    private String scheme(SourceConfig config) {
        return providers.scheme(config.provider(), config.scheme().name(), config.secrets());
    }

    /// @param secret shown now and never again; null: not shown, so the URL is complete only where
    ///   it holds none
    String url(SourceConfig config, @Nullable String secret) {
        String url = base + "/webhooks/" + config.provider() + "/" + config.sourceId();
        return providers
                .urlParameter(scheme(config), config.scheme().options())
                .map(parameter ->
                        url
                                + "?"
                                + parameter
                                + "="
                                + (secret == null
                                        ? "…"
                                        : URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .orElse(url);
    }

    private static Map<String, Object> secret(SourceDetails.Secret secret) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", secret.secretId());
        view.put("prefix", prefix(secret.value()));
        view.put("added_at", secret.addedAt().toString());
        view.put("expires_at", secret.until() == null ? null : secret.until().toString());
        return view;
    }

    private static String prefix(String secret) {
        if (KeyDigest.is(secret)) {
            return secret.substring(0, SHOWN_OF_DIGEST) + "…";
        }
        return (secret.length() < LONG_ENOUGH ? "" : secret.substring(0, SHOWN)) + "…";
    }

    static List<Map<String, Object>> mappings(SourceDetails source) {
        return source.mappings().reversed().stream()
                .map(one -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("version", one.version());
                    view.put("created_at", one.at().toString());
                    view.put("created_by", one.actor());
                    view.put("mapping", one.mapping());
                    return view;
                })
                .toList();
    }
}
