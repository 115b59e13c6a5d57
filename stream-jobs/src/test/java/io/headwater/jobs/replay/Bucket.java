package io.headwater.jobs.replay;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is in a bucket, for assertions.
record Bucket(MinioClient client, String name) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Bucket at(String endpoint, String accessKey, String secretKey, String name) {
        var client =
                MinioClient.builder().endpoint(endpoint).credentials(accessKey, secretKey).build();
        return new Bucket(client, name);
    }

    /// In the order of their names.
    List<String> keys(String prefix) throws MinioException {
        var keys = new ArrayList<String>();
        var args = ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build();
        for (var found : client.listObjects(args)) {
            keys.add(found.get().objectName());
        }
        keys.sort(null);
        return keys;
    }

    JsonNode read(String key) throws MinioException, IOException {
        var args = GetObjectArgs.builder().bucket(name).object(key).build();
        try (var object = client.getObject(args)) {
            return JSON.readTree(object.readAllBytes());
        }
    }

    /// `partition/offset/index` of every event in every object.
    List<String> positions() throws MinioException, IOException {
        var positions = new ArrayList<String>();
        for (var key : keys("sessions/")) {
            if (key.contains("/events/")) {
                for (var event : read(key).get("events")) {
                    positions.add(
                            event.get("partition")
                                    + "/"
                                    + event.get("offset")
                                    + "/"
                                    + event.get("index"));
                }
            }
        }
        return positions;
    }
}
