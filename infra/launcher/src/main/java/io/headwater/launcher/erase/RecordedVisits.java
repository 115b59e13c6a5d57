package io.headwater.launcher.erase;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is recorded of visits, in the object store: `sessions/YYYY/MM/DD/NAME/…`.
final class RecordedVisits implements AutoCloseable {

    private static final String ALL = "sessions/";
    private static final int DEPTH_OF_DAYS = 3;

    private final MinioClient client;
    private final String bucket;
    private @Nullable List<String> days;

    /// @param s3 as `run/headwater.json` tells
    RecordedVisits(JsonNode s3) {
        client =
                MinioClient.builder()
                        .endpoint(s3.path("endpoint").asString())
                        .credentials(
                                s3.path("access_key").asString(), s3.path("secret_key").asString())
                        .build();
        bucket = s3.path("bucket").asString();
    }

    /// @param visit `folder`, where its id tells the day, else null, and `name`
    /// @return names of objects; none where nothing is recorded, or not any more
    List<String> of(JsonNode visit) throws Failed {
        String folder = visit.path("folder").asString("");
        var found = folder.isEmpty() ? List.<String>of() : list(folder, true);
        if (found.isEmpty()) {
            // of an id made elsewhere any day may have something
            found = new ArrayList<>();
            for (String day : days()) {
                found.addAll(list(day + visit.path("name").asString() + "/", true));
            }
        }
        return found;
    }

    void copy(String name, OutputStream to) throws Failed, IOException {
        try (var object =
                client.getObject(GetObjectArgs.builder().bucket(bucket).object(name).build())) {
            object.transferTo(to);
        } catch (MinioException away) {
            throw failed(away);
        }
    }

    private List<String> days() throws Failed {
        var known = days;
        if (known == null) {
            known = List.of(ALL);
            for (int depth = 0; depth < DEPTH_OF_DAYS; depth++) {
                var below = new ArrayList<String>();
                for (String folder : known) {
                    list(folder, false).stream()
                            .filter(name -> name.endsWith("/"))
                            .forEach(below::add);
                }
                known = below;
            }
            days = known;
        }
        return known;
    }

    private List<String> list(String folder, boolean below) throws Failed {
        var names = new ArrayList<String>();
        try {
            for (var item :
                    client.listObjects(
                            ListObjectsArgs.builder()
                                    .bucket(bucket)
                                    .prefix(folder)
                                    .recursive(below)
                                    .build())) {
                names.add(item.get().objectName());
            }
        } catch (MinioException | IllegalStateException away) {
            // the client wraps a connection that fails while it lists
            throw failed(away);
        }
        return names;
    }

    private static Failed failed(Exception away) {
        return new Failed(
                "recordings cannot be read: "
                        + (away instanceof ErrorResponseException refused
                                ? refused.errorResponse().message()
                                : away.getMessage()));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("the client of the object store does not close", e);
        }
    }
}
