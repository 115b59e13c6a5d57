package io.headwater.backends.child;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// An S3 endpoint on a folder, with one bucket.
///
/// Arguments: data folder, port, bucket. Environment: `S3_ACCESS_KEY`, `S3_SECRET_KEY`.
public final class S3Main {
    private S3Main() {}

    public static void main(String[] args) {
        Child.run(() -> start(Path.of(args[0]), Integer.parseInt(args[1]), args[2]));
    }

    private static AutoCloseable start(Path folder, int port, String bucket) throws Exception {
        Files.createDirectories(folder);
        var store = new FilesystemNio2BlobStore(folder.toString());
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
        Map<String, String> environment = System.getenv();
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://127.0.0.1:" + port))
                        .awsAuthentication(
                                AuthenticationType.AWS_V2_OR_V4,
                                environment.get("S3_ACCESS_KEY"),
                                environment.get("S3_SECRET_KEY"))
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(16)
                        .build();
        proxy.start();
        return proxy::stop;
    }
}
