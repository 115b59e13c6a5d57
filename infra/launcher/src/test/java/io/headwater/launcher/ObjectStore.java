package io.headwater.launcher;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The objects of the platform, asked from outside.
final class ObjectStore {

    private final MinioClient client;
    private final String bucket;

    ObjectStore(LaunchedPlatform platform) {
        var s3 = platform.told().path("s3");
        client =
                MinioClient.builder()
                        .endpoint(s3.path("endpoint").asString())
                        .credentials(
                                s3.path("access_key").asString(), s3.path("secret_key").asString())
                        .build();
        bucket = s3.path("bucket").asString();
    }

    List<String> names(String prefix) throws Exception {
        var names = new ArrayList<String>();
        for (var item :
                client.listObjects(
                        ListObjectsArgs.builder()
                                .bucket(bucket)
                                .prefix(prefix)
                                .recursive(true)
                                .build())) {
            names.add(item.get().objectName());
        }
        return names;
    }

    byte[] read(String name) throws Exception {
        try (var object =
                client.getObject(GetObjectArgs.builder().bucket(bucket).object(name).build())) {
            return object.readAllBytes();
        }
    }

    /// @return empty: there is none
    Optional<byte[]> find(String name) throws Exception {
        try {
            return Optional.of(read(name));
        } catch (ErrorResponseException refused) {
            if (refused.errorResponse().code().equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    void write(String name, byte[] bytes) throws Exception {
        client.putObject(
                PutObjectArgs.builder().bucket(bucket).object(name).stream(
                                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                        .build());
    }

    void remove(String name) throws Exception {
        client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(name).build());
    }
}
