package io.headwater.archive.s3;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/// A bucket through the MinIO client, which speaks to any S3-compatible store.
public final class S3Bucket implements Bucket, AutoCloseable {

    /// What stores answer to a conditional put that found an object: AWS and MinIO the first, and
    /// AWS the second while two puts run at once.
    private static final Set<String> THERE_IS_ONE =
            Set.of("PreconditionFailed", "ConditionalRequestConflict");

    private final String bucket;
    private final OkHttpClient http;
    private final MinioClient client;

    public S3Bucket(S3Location location) {
        bucket = location.bucket();
        var dispatcher = new Dispatcher();
        // callers limit themselves; okhttp's own limit is 5 calls per host
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        http =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .callTimeout(location.callLimit())
                        .build();
        client =
                MinioClient.builder()
                        .endpoint(location.endpoint().toString())
                        .credentials(location.accessKey(), location.secretKey())
                        .httpClient(http)
                        .build();
    }

    @Override
    public void prepare() throws IOException {
        attempt(() -> {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
            return true;
        });
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) throws IOException {
        attempt(() -> client.putObject(object(key, bytes, contentType).build()));
    }

    @Override
    public boolean putNew(String key, byte[] bytes, String contentType) throws IOException {
        var onlyNew = object(key, bytes, contentType).extraHeaders(Map.of("If-None-Match", "*"));
        return attempt(() -> {
            try {
                client.putObject(onlyNew.build());
                return true;
            } catch (ErrorResponseException refused) {
                if (THERE_IS_ONE.contains(refused.errorResponse().code())
                        || refused.response().code() == 412) {
                    return false;
                }
                throw refused;
            }
        });
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        var args = GetObjectArgs.builder().bucket(bucket).object(key).build();
        return attempt(() -> {
            try (var object = client.getObject(args)) {
                return Optional.of(object.readAllBytes());
            } catch (ErrorResponseException refused) {
                if (refused.errorResponse().code().equals("NoSuchKey")) {
                    return Optional.empty();
                }
                throw refused;
            }
        });
    }

    private ListObjectsArgs after(String prefix, String startAfter) {
        var args = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true);
        if (!startAfter.isEmpty()) {
            args.startAfter(startAfter);
        }
        return args.build();
    }

    @Override
    public SortedMap<String, Long> sizes(String prefix, String startAfter, int most)
            throws IOException {
        return attempt(() -> {
            var sizes = new TreeMap<String, Long>();
            var found = client.listObjects(after(prefix, startAfter)).iterator();
            while (sizes.size() < most && found.hasNext()) {
                var object = found.next().get();
                sizes.put(object.objectName(), object.size());
            }
            return sizes;
        });
    }

    @Override
    public List<String> list(String prefix, String startAfter) throws IOException {
        return attempt(() -> {
            var keys = new ArrayList<String>();
            for (var found : client.listObjects(after(prefix, startAfter))) {
                keys.add(found.get().objectName());
            }
            keys.sort(null);
            return keys;
        });
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        var args = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(false).build();
        return attempt(() -> {
            var folders = new ArrayList<String>();
            for (var found : client.listObjects(args)) {
                if (found.get().isDir()) {
                    folders.add(found.get().objectName());
                }
            }
            folders.sort(null);
            return folders;
        });
    }

    @Override
    public void delete(String key) throws IOException {
        attempt(() -> {
            client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
            return true;
        });
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private PutObjectArgs.Builder object(String key, byte[] bytes, String contentType) {
        return PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(bytes, bytes.length)
                .contentType(contentType);
    }

    private static <T> T attempt(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (MinioException | IllegalStateException refused) {
            // a refused connection comes as IllegalStateException in 9.0.4
            throw new IOException("the object store refused: " + refused.getMessage(), refused);
        }
    }

    private interface Call<T> {
        T run() throws MinioException, IOException;
    }
}
