package io.headwater.jobs.platform.s3;

import io.headwater.jobs.platform.health.HealthPart;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The bucket of the settings, through the MinIO client, which speaks to any S3-compatible store.
@Component
public final class MinioObjectStore implements ObjectStore, HealthPart, AutoCloseable {

    private final String bucket;
    private final OkHttpClient http;
    private final MinioClient client;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastFailure;

    public MinioObjectStore(S3Settings settings) {
        bucket = settings.bucket();
        var dispatcher = new Dispatcher();
        // callers limit themselves; okhttp's own limit is 5 calls per host
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        http =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .callTimeout(settings.callLimit())
                        .build();
        client =
                MinioClient.builder()
                        .endpoint(settings.endpoint().toString())
                        .credentials(settings.accessKey(), settings.secretKey())
                        .httpClient(http)
                        .build();
    }

    @Override
    public void prepare() throws IOException {
        attempt(() -> {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
        });
    }

    @Override
    public void put(String key, byte[] json) throws IOException {
        attempt(() ->
                client.putObject(
                        PutObjectArgs.builder()
                                .bucket(bucket)
                                .object(key)
                                .data(json, json.length)
                                .contentType("application/json")
                                .build()));
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
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private void attempt(Call call) throws IOException {
        try {
            call.run();
            lastSuccess = clock.instant();
            lastFailure = null;
        } catch (MinioException | IllegalStateException refused) {
            // a refused connection comes as IllegalStateException in 9.0.4
            lastFailure = refused.getClass().getSimpleName();
            throw new IOException("the object store refused: " + refused.getMessage(), refused);
        }
    }

    private interface Call {
        void run() throws MinioException;
    }
}
