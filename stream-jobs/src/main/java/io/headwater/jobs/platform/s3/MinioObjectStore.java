package io.headwater.jobs.platform.s3;

import io.headwater.archive.s3.Bucket;
import io.headwater.archive.s3.S3Bucket;
import io.headwater.archive.s3.S3Location;
import io.headwater.jobs.platform.health.HealthPart;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The bucket of the settings, and whether it answers.
@Component
public final class MinioObjectStore implements ObjectStore, Bucket, HealthPart, AutoCloseable {

    private final S3Bucket bucket;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastFailure;

    public MinioObjectStore(S3Settings settings) {
        bucket =
                new S3Bucket(
                        new S3Location(
                                settings.endpoint(),
                                settings.accessKey(),
                                settings.secretKey(),
                                settings.bucket(),
                                settings.callLimit()));
    }

    @Override
    public void prepare() throws IOException {
        attempt(() -> {
            bucket.prepare();
            return true;
        });
    }

    @Override
    public void put(String key, byte[] json) throws IOException {
        put(key, json, "application/json");
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) throws IOException {
        attempt(() -> {
            bucket.put(key, bytes, contentType);
            return true;
        });
    }

    @Override
    public boolean putNew(String key, byte[] bytes, String contentType) throws IOException {
        return attempt(() -> bucket.putNew(key, bytes, contentType));
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return attempt(() -> bucket.get(key));
    }

    @Override
    public List<String> list(String prefix, String startAfter) throws IOException {
        return attempt(() -> bucket.list(prefix, startAfter));
    }

    @Override
    public SortedMap<String, Long> sizes(String prefix, String startAfter, int most)
            throws IOException {
        return attempt(() -> bucket.sizes(prefix, startAfter, most));
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        return attempt(() -> bucket.folders(prefix));
    }

    @Override
    public void delete(String key) throws IOException {
        attempt(() -> {
            bucket.delete(key);
            return true;
        });
    }

    @Override
    public String name() {
        return "s3";
    }

    /// By the newest attempt: an idle archive does not notice that the store went away.
    @Override
    public boolean up() {
        return lastSuccess != null && lastFailure == null;
    }

    @Override
    public Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        var success = lastSuccess;
        if (success != null) {
            details.put("last_success", success);
        }
        var failure = lastFailure;
        if (failure != null) {
            details.put("failure", failure);
        }
        return details;
    }

    @Override
    public void close() {
        bucket.close();
    }

    private <T> T attempt(Call<T> call) throws IOException {
        try {
            T answer = call.run();
            lastSuccess = clock.instant();
            lastFailure = null;
            return answer;
        } catch (IOException refused) {
            var cause = refused.getCause() == null ? refused : refused.getCause();
            lastFailure = cause.getClass().getSimpleName();
            throw refused;
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }
}
