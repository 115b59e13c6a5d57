package io.headwater.launcher;

import io.headwater.backends.Backends;
import io.headwater.backends.PrivateFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// `run/headwater.json`: all that a script must know to use the running platform; mode 600, since
/// it holds keys.
final class RunFile {
    private static final ObjectWriter JSON =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private final DataFolder data;
    private final Map<String, Object> content = new LinkedHashMap<>();

    RunFile(DataFolder data, Secrets secrets, Backends backends, int portOffset) {
        this.data = data;
        content.put("query_api", App.QUERY_API.url(portOffset));
        content.put("command_api", App.COMMAND_API.url(portOffset));
        content.put("projectors", App.PROJECTORS.url(portOffset));
        content.put("dashboard", App.QUERY_API.url(portOffset) + "/");
        content.put("kafka", backends.kafkaBootstrap());
        content.put("postgres", postgres(backends));
        content.put("vault", vault(data, backends));
        content.put("s3", s3(backends));
        content.put("schema_registry", backends.registryUrl());
        content.put("admin_api_key", secrets.adminApiKey());
        content.put("marketing_api_key", secrets.marketingApiKey());
    }

    /// Adds a member, or replaces it.
    synchronized void put(String name, Object value) {
        content.put(name, value);
    }

    synchronized void write(List<Pids.Entry> running) {
        var pids = new LinkedHashMap<String, Long>();
        running.forEach(entry -> pids.put(entry.name(), entry.pid()));
        content.put("pids", pids);
        PrivateFile.write(data.runFile(), JSON.writeValueAsString(content) + "\n");
    }

    private static Map<String, String> postgres(Backends backends) {
        var postgres = new LinkedHashMap<String, String>();
        postgres.put("jdbc_url", backends.jdbcUrl());
        postgres.put("user", backends.jdbcUser());
        postgres.put("password", "");
        return postgres;
    }

    private static Map<String, String> vault(DataFolder data, Backends backends) {
        var vault = new LinkedHashMap<String, String>();
        vault.put("jdbc_url", backends.jdbcUrl());
        vault.put("user", backends.jdbcVaultUser());
        vault.put("password", "");
        vault.put("kek", data.kek().toUri().toString());
        return vault;
    }

    private static Map<String, String> s3(Backends backends) {
        var s3 = new LinkedHashMap<String, String>();
        s3.put("endpoint", backends.s3Endpoint());
        s3.put("access_key", backends.s3AccessKey());
        s3.put("secret_key", backends.s3SecretKey());
        s3.put("bucket", backends.s3Bucket());
        return s3;
    }
}
