package io.headwater.backends;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How each back end is started: heap, class path, arguments.
final class BackendSpecs {
    private static final String MAINS = "io.headwater.backends.child.";
    private static final String MODULE = "infra/backends";

    private BackendSpecs() {}

    static ChildSpec of(Backend which, BackendSettings settings) {
        return switch (which) {
            case KAFKA -> kafka(settings, List.of());
            case POSTGRES -> postgres(settings);
            case S3 -> s3(settings);
            case REGISTRY -> registry(settings);
        };
    }

    /// @param more arguments: a file with settings that take the place of the usual ones
    static ChildSpec kafka(BackendSettings s, List<String> more) {
        var arguments = new ArrayList<String>();
        arguments.add(data(s, Backend.KAFKA).toString());
        arguments.add(String.valueOf(s.ports().kafka()));
        arguments.add(String.valueOf(s.ports().kafkaController()));
        arguments.addAll(more);
        return spec(
                s,
                Backend.KAFKA,
                List.of("-Xms64m", "-Xmx256m"),
                s.installation().classPath(MODULE),
                "KafkaMain",
                arguments,
                Map.of());
    }

    private static ChildSpec postgres(BackendSettings s) {
        List<String> arguments =
                List.of(
                        postgresData(s).toString(),
                        String.valueOf(s.ports().postgres()),
                        s.installation().postgresBinaries().toString());
        return spec(
                s,
                Backend.POSTGRES,
                List.of("-Xms16m", "-Xmx48m", "-XX:TieredStopAtLevel=1"),
                s.installation().classPath(MODULE),
                "PostgresMain",
                arguments,
                Map.of());
    }

    private static ChildSpec s3(BackendSettings s) {
        List<String> arguments =
                List.of(
                        data(s, Backend.S3).toString(),
                        String.valueOf(s.ports().s3()),
                        BackendSettings.BUCKET);
        return spec(
                s,
                Backend.S3,
                List.of("-Xms16m", "-Xmx128m", "-XX:TieredStopAtLevel=1"),
                s.installation().classPath(MODULE),
                "S3Main",
                arguments,
                Map.of("S3_ACCESS_KEY", s.s3AccessKey(), "S3_SECRET_KEY", s.s3SecretKey()));
    }

    private static ChildSpec registry(BackendSettings s) {
        Path runner = s.installation().apicurio().resolve("quarkus-run.jar");
        String classPath = s.installation().backendsJar() + File.pathSeparator + runner;
        Path database = data(s, Backend.REGISTRY).resolve("registry");
        var options =
                List.of(
                        "-Xms32m",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + s.ports().registry(),
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=" + s.ports().registryManagement(),
                        "-Dquarkus.otel.sdk.disabled=true",
                        "-Dvertx.cacheDirBase=" + database.resolveSibling("cache"),
                        "-Dapicurio.datasource.jdbc.initial-size=2",
                        "-Dapicurio.datasource.jdbc.min-size=2",
                        "-Dapicurio.datasource.jdbc.max-size=10",
                        "-Dapicurio.datasource.url=jdbc:h2:file:" + database);
        return spec(
                s,
                Backend.REGISTRY,
                options,
                classPath,
                "RegistryMain",
                List.of(String.valueOf(s.ports().registryManagement())),
                Map.of());
    }

    private static ChildSpec spec(
            BackendSettings s,
            Backend which,
            List<String> options,
            String classPath,
            String main,
            List<String> arguments,
            Map<String, String> environment) {
        var jvm = new ArrayList<String>();
        jvm.add("-XX:+UseSerialGC");
        jvm.add("-XX:+ExitOnOutOfMemoryError");
        jvm.add("--enable-native-access=ALL-UNNAMED");
        jvm.add("--sun-misc-unsafe-memory-access=allow");
        jvm.add("-Dlogback.configurationFile=headwater-backends-logback.xml");
        jvm.addAll(options);
        if (s.cacheDir() != null) {
            jvm.add("-XX:+AutoCreateSharedArchive");
            jvm.add("-XX:SharedArchiveFile=" + s.cacheDir().resolve(which.label() + ".jsa"));
            jvm.add("-Xlog:cds=off,aot=off");
        }
        return new ChildSpec(
                which.label(),
                jvm,
                classPath,
                MAINS + main,
                arguments,
                environment,
                s.logDir().resolve(which.label() + ".log"),
                Duration.ofMinutes(3),
                Duration.ofSeconds(40));
    }

    static Path postgresData(BackendSettings s) {
        return data(s, Backend.POSTGRES);
    }

    private static Path data(BackendSettings s, Backend which) {
        return s.dataDir().resolve(which.label()).toAbsolutePath();
    }
}
