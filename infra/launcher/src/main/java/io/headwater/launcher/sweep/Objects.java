package io.headwater.launcher.sweep;

import com.github.luben.zstd.Zstd;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;

/// Every object of the bucket, unpacked, and its name.
final class Objects implements Place {

    private static final String NAME = "objects";
    private static final String NO_SUCH_KEY = "NoSuchKey";

    private final MinioClient client;
    private final String bucket;

    Objects(String endpoint, String accessKey, String secretKey, String bucket) {
        this.client =
                MinioClient.builder().endpoint(endpoint).credentials(accessKey, secretKey).build();
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void plant(Probes probes) throws Exception {
        remove();
        put(
                probes,
                ".json",
                probes.make(NAME, "an object, as in a URL")
                        .inUrl()
                        .getBytes(StandardCharsets.UTF_8));
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(probes.make(NAME, "an object packed with gzip").bytes());
        }
        put(probes, ".gz", zipped.toByteArray());
        put(probes, ".zst", Zstd.compress(probes.make(NAME, "an object packed with zstd").bytes()));
        put(
                probes,
                ".avro.zst",
                AvroFile.of(probes.make(NAME, "a record in a file like the archive's").bytes()));
    }

    private void put(Probes probes, String ending, byte[] bytes) throws Exception {
        client.putObject(
                PutObjectArgs.builder().bucket(bucket).object(probes.name() + ending).stream(
                                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                        .build());
    }

    @Override
    public void search(Look look) throws Exception {
        for (var item : client.listObjects(listed(""))) {
            String name = item.get().objectName();
            look.begin();
            byte[] asBytes = name.getBytes(StandardCharsets.UTF_8);
            look.read(asBytes, 0, asBytes.length);
            look.restart();
            try {
                Unpacked.read(() -> open(name), look);
                look.count("objects", 1);
            } catch (GoneException gone) {
                // expired meanwhile
            }
            look.end(() -> name);
        }
    }

    private ListObjectsArgs listed(String prefix) {
        return ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
    }

    private static final class GoneException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private InputStream open(String name) throws IOException {
        try {
            return client.getObject(GetObjectArgs.builder().bucket(bucket).object(name).build());
        } catch (ErrorResponseException refused) {
            if (NO_SUCH_KEY.equals(refused.errorResponse().code())) {
                throw new GoneException();
            }
            throw new IOException("an object cannot be read: " + refused.getMessage(), refused);
        } catch (MinioException e) {
            throw new IOException("an object cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void remove() throws Exception {
        var names = new ArrayList<String>();
        for (var item : client.listObjects(listed(Probes.PREFIX))) {
            names.add(item.get().objectName());
        }
        for (String name : names) {
            client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(name).build());
        }
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
