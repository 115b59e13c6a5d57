package io.headwater.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A bucket is somebody else's machine: what lies in it may be anything. A manifest, four zero
/// bytes, the object that it names.
class ArchiveFuzzTest {

    private static final byte[] BETWEEN = new byte[4];

    static Stream<Arguments> seeds() {
        var builder = new RangeBuilder(Logs.PARTITION, 0, null, 100, 1 << 20);
        for (int offset = 0; offset < 20; offset += 3) {
            builder.add(Logs.record(offset));
        }
        var range = builder.close(30, List.of(1));
        byte[] manifest = range.manifest().toJson();
        byte[] object = Objects.requireNonNull(range.object());
        byte[] seed = Arrays.copyOf(manifest, manifest.length + BETWEEN.length + object.length);
        System.arraycopy(object, 0, seed, manifest.length + BETWEEN.length, object.length);
        return Stream.of(
                Arguments.of((Object) seed),
                Arguments.of((Object) manifest),
                Arguments.of((Object) "null".getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrSaysWhatIsDamaged(byte[] input) {
        int end = between(input);
        byte[] json = Arrays.copyOf(input, end);
        byte[] object =
                Arrays.copyOfRange(
                        input, Math.min(input.length, end + BETWEEN.length), input.length);
        try {
            var manifest = Manifest.parse(ArchiveKeys.manifest(Logs.PARTITION, 0), json);
            var records = RangeObject.read(trusting(manifest, object), object);
            assertThat(records).hasSize((int) manifest.count());
        } catch (ArchiveException damaged) {
            assertThat(damaged.getMessage()).isNotBlank();
        }
        try {
            Json.read("a tombstone", json, Tombstone.class);
            ArchiveKeys.first(new String(json, StandardCharsets.ISO_8859_1));
        } catch (ArchiveException damaged) {
            assertThat(damaged.getMessage()).isNotBlank();
        }
    }

    /// Who changes the object can change its hash.
    private static Manifest trusting(Manifest told, byte[] object) {
        return new Manifest(
                told.format(),
                told.topic(),
                told.partition(),
                told.first(),
                told.last(),
                told.next(),
                told.count(),
                told.bytes(),
                told.object(),
                Sha256.of(object),
                told.schemaIds(),
                told.firstTimestamp(),
                told.lastTimestamp(),
                told.lost(),
                told.previous());
    }

    private static int between(byte[] input) {
        for (int i = 0; i + BETWEEN.length <= input.length; i++) {
            if (Arrays.equals(input, i, i + BETWEEN.length, BETWEEN, 0, BETWEEN.length)) {
                return i;
            }
        }
        return input.length;
    }
}
