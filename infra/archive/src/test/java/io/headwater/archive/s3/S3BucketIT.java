package io.headwater.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class S3BucketIT {

    private static final Backends BACKENDS = TestBackends.shared(Backend.S3);
    private static final String TEXT = "text/plain";

    @Test
    void objectsAreWrittenListedReadAndDeleted() throws IOException {
        try (var bucket = bucket("objects")) {
            bucket.prepare();
            bucket.prepare();
            bucket.put("log/a/0/1", bytes("one"), TEXT);
            bucket.put("log/a/0/1", bytes("another one"), TEXT);
            bucket.put("log/a/1/1", bytes("two"), TEXT);
            bucket.put("log/b/0/1", new byte[0], TEXT);
            bucket.put("other", bytes("x"), TEXT);

            assertThat(bucket.get("log/a/0/1")).hasValue(bytes("another one"));
            assertThat(bucket.get("log/b/0/1")).hasValue(new byte[0]);
            assertThat(bucket.get("log/a/0/2")).isEmpty();
            assertThat(bucket.list("log/", ""))
                    .containsExactly("log/a/0/1", "log/a/1/1", "log/b/0/1");
            assertThat(bucket.list("log/", "log/a/0/1")).containsExactly("log/a/1/1", "log/b/0/1");
            assertThat(bucket.folders("log/")).containsExactly("log/a/", "log/b/");
            assertThat(bucket.folders("log/a/")).containsExactly("log/a/0/", "log/a/1/");

            bucket.delete("log/b/0/1");
            bucket.delete("log/b/0/1");
            assertThat(bucket.list("log/b/", "")).isEmpty();
        }
    }

    @Test
    void ofManyThatWriteTheSameNewObjectOneWins() throws IOException {
        try (var bucket = bucket("new")) {
            bucket.prepare();

            long won =
                    IntStream.range(0, 16)
                            .parallel()
                            .filter(i -> putNew(bucket, "key", bytes("by " + i)))
                            .count();

            assertThat(won).isEqualTo(1);
            byte[] kept = bucket.get("key").orElseThrow();
            assertThat(bucket.putNew("key", bytes("later"), TEXT)).isFalse();
            assertThat(bucket.get("key")).hasValue(kept);
        }
    }

    @Test
    void moreThanOnePageIsListed() throws IOException {
        try (var bucket = bucket("many")) {
            bucket.prepare();
            for (int i = 0; i < 1_005; i++) {
                bucket.put("k/%05d".formatted(i), bytes("x"), TEXT);
            }

            assertThat(bucket.list("k/", "")).hasSize(1_005).isSorted();
            assertThat(bucket.list("k/", "k/01000"))
                    .containsExactly("k/01001", "k/01002", "k/01003", "k/01004");
        }
    }

    @Test
    void storeThatIsAwayIsAnIoException() {
        try (var bucket =
                new S3Bucket(
                        new S3Location(
                                URI.create("http://127.0.0.1:1"),
                                "key",
                                "secret",
                                "bucket",
                                Duration.ofSeconds(2)))) {
            assertThatThrownBy(bucket::prepare).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> bucket.list("log/", "")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> bucket.get("key")).isInstanceOf(IOException.class);
        }
    }

    private static boolean putNew(S3Bucket bucket, String key, byte[] bytes) {
        try {
            return bucket.putNew(key, bytes, TEXT);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static S3Bucket bucket(String name) {
        return new S3Bucket(
                new S3Location(
                        URI.create(BACKENDS.s3Endpoint()),
                        BACKENDS.s3AccessKey(),
                        BACKENDS.s3SecretKey(),
                        "archive-" + name,
                        Duration.ofSeconds(10)));
    }
}
