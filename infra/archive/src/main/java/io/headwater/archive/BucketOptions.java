package io.headwater.archive;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headwater.archive.s3.S3Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Which bucket a command is about: that of a platform that runs (`--run-file FILE`), else that of
/// the environment.
public final class BucketOptions {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private BucketOptions() {}

    /// @throws IllegalArgumentException when it is not said, with what to say
    /// @throws IOException when the run file cannot be read
    public static S3Location location(List<String> words, Map<String, String> environment)
            throws IOException {
        if (words.size() == 2 && words.getFirst().equals("--run-file")) {
            return ofRunFile(Path.of(words.get(1)));
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("unknown option " + words.getFirst());
        }
        return new S3Location(
                URI.create(required(environment, "S3_ENDPOINT")),
                required(environment, "S3_ACCESS_KEY"),
                required(environment, "S3_SECRET_KEY"),
                required(environment, "S3_BUCKET"),
                CALL_LIMIT);
    }

    private static S3Location ofRunFile(Path file) throws IOException {
        var s3 = JsonMapper.builder().build().readTree(Files.readString(file)).path("s3");
        return new S3Location(
                URI.create(s3.path("endpoint").asText()),
                s3.path("access_key").asText(),
                s3.path("secret_key").asText(),
                s3.path("bucket").asText(),
                CALL_LIMIT);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "set " + name + ", or name the platform that runs: --data DIR");
        }
        return value;
    }
}
