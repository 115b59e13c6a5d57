package io.headwater.launcher;

import io.headwater.backends.Backends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an application is told: where the back ends are, its port, its keys, its folders.
final class AppSettings {
    private final DataFolder data;
    private final Secrets secrets;
    private final Backends backends;
    private final Options options;
    private final LiveSessions sessions;

    AppSettings(DataFolder data, Secrets secrets, Backends backends, Options options) {
        this.data = data;
        this.secrets = secrets;
        this.backends = backends;
        this.options = options;
        this.sessions = new LiveSessions(backends.jdbcUrl(), backends.jdbcUser());
    }

    Map<String, String> of(App app) {
        var s = new LinkedHashMap<String, String>();
        s.put("server.port", String.valueOf(app.port(options.portOffset())));
        s.put("server.address", "127.0.0.1");
        s.put("spring.main.banner-mode", "off");
        s.put("spring.jmx.enabled", "false");
        // The launcher stops things, in its order.
        s.put("spring.main.register-shutdown-hook", "false");
        s.put("logging.register-shutdown-hook", "false");
        s.put(
                "logging.config",
                LogConfig.write(data, app.label()).resolve("logback.xml").toUri().toString());
        s.put("headwater.instance", app.label() + "-1");
        s.put("headwater.state-dir", data.state(app).toString());
        s.put("headwater.kafka.bootstrap-servers", backends.kafkaBootstrap());
        s.put("headwater.schemas.registry-url", backends.registryUrl());
        s.put("headwater.schemas.cache-file", data.schemaCache().toString());
        s.put("headwater.postgres.url", backends.jdbcUrl());
        s.put(
                "headwater.postgres.user",
                switch (app) {
                    case COMMAND_API -> backends.jdbcCommandUser();
                    case QUERY_API -> backends.jdbcQueryUser();
                    case PROJECTORS, STREAM_JOBS -> backends.jdbcUser();
                });
        s.put("headwater.postgres.password", "");
        if (app != App.QUERY_API) {
            s.put("headwater.vault.url", backends.jdbcUrl());
            s.put("headwater.vault.user", backends.jdbcVaultUser());
            s.put("headwater.vault.kek", data.kek().toUri().toString());
        }
        s.put("headwater.s3.endpoint", backends.s3Endpoint());
        s.put("headwater.s3.access-key", backends.s3AccessKey());
        s.put("headwater.s3.secret-key", backends.s3SecretKey());
        s.put("headwater.s3.bucket", backends.s3Bucket());
        s.put("headwater.access.admin-api-key", secrets.adminApiKey());
        s.put("headwater.access.marketing-api-key", secrets.marketingApiKey());
        s.put("headwater.command-api.url", App.COMMAND_API.url(options.portOffset()));
        s.put("headwater.projectors.url", App.PROJECTORS.url(options.portOffset()));
        s.put("headwater.keys.admin-api-key", secrets.adminApiKey());
        s.put("headwater.public-url", App.COMMAND_API.url(options.portOffset()));
        if (app == App.STREAM_JOBS) {
            s.put("headwater.lead-score.sessions-topic", sessions.topic());
        }
        if (options.demo()) {
            // The demo's visitors come from this machine and bring the header of a proxy along.
            s.put("headwater.web.trusted-proxies", "127.0.0.1");
            // Who tries it wants to see it.
            s.put("headwater.erasure.undo", "${ERASURE_UNDO:0s}");
        }
        return s;
    }

    static String[] asArguments(Map<String, String> settings) {
        List<String> arguments =
                settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toList();
        return arguments.toArray(String[]::new);
    }
}
