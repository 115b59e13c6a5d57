package io.headwater.archive;

import static io.headwater.archive.Logs.PARTITION;
import static io.headwater.archive.Logs.publish;
import static io.headwater.archive.Logs.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What is published can be read, and what is wrong is said.
class ArchiveTest {

    private static final String FOLDER = "log/lead.events.v1/2/";
    private static final String SECOND = FOLDER + "00000000000000000010";

    private final MemoryBucket bucket = new MemoryBucket();
    private final ArchiveReader reader = new ArchiveReader(bucket);

    @Test
    void recordsAreReadFromAnyOffsetOn() throws IOException {
        publish(bucket, 0, 35);

        assertThat(offsets(0)).isEqualTo(expected(0, 35));
        assertThat(offsets(13)).isEqualTo(expected(13, 35));
        assertThat(offsets(34)).containsExactly(34L);
        assertThat(offsets(35)).isEmpty();
        assertThat(reader.end(PARTITION).next()).isEqualTo(35);
        assertThat(reader.read(PARTITION, 13, _ -> {}).end()).isEqualTo(35);
        assertThat(reader.partitions()).containsExactly(PARTITION);
        assertThat(reader.schemas()).containsOnlyKeys(1);
        assertThat(reader.topics()).containsExactly(new ArchivedTopic(PARTITION.topic(), 4));
    }

    @Test
    void partitionWithoutAnArchiveEndsWhereItIsAskedFor() {
        var other = new TopicPartition("lead.events.v1", 3);

        assertThat(reader.end(other)).isEqualTo(ChainEnd.NOTHING);
        assertThat(reader.read(other, 7, _ -> {}).end()).isEqualTo(7);
        assertThat(reader.start(other)).isEmpty();
    }

    @Test
    void archiveThatBeginsLaterSaysSo() throws IOException {
        publish(bucket, 20, 40);

        assertThatThrownBy(() -> reader.read(PARTITION, 5, _ -> {}))
                .isInstanceOf(ArchiveException.NotArchived.class)
                .hasMessageContaining("begins at offset 20");
        assertThat(reader.start(PARTITION)).contains(new ArchiveStart(20, 20, ""));
    }

    @Test
    void writerThatIsStoppedAnywhereIsRepeated() throws IOException {
        publish(bucket, 0, 10);
        var whole = new MemoryBucket();
        publish(whole, 0, 90);

        // given: it ends before its schema, its object, its manifest of each range
        for (int puts = 0; puts < 5; puts++) {
            bucket.putsLeft = puts;
            assertThatThrownBy(() -> publish(bucket, 0, 90)).isInstanceOf(IOException.class);
        }
        bucket.putsLeft = -1;
        publish(bucket, 0, 90);

        assertThat(bucket.objects.keySet()).isEqualTo(whole.objects.keySet());
        whole.objects.forEach(
                (key, bytes) -> assertThat(bucket.objects.get(key)).as(key).isEqualTo(bytes));
    }

    @Test
    void ofTwoWritersTheFirstCounts() throws IOException {
        var writer = new ArchiveWriter(bucket, Logs.schemas());
        writer.prepare(PARTITION.topic(), 4, 1);
        var one = range(0, 6);
        var other = range(0, 8);

        assertThat(writer.publish(one)).isNotNull();
        assertThat(writer.publish(other)).isNull();

        // then: what the other wrote has no meaning
        assertThat(writer.publish(one)).isEqualTo(reader.end(PARTITION));
        assertThat(reader.end(PARTITION).next()).isEqualTo(6);
        assertThat(offsets(0)).isEqualTo(expected(0, 6));
        assertThat(reader.unpublished(PARTITION)).hasSize(1);
        assertThat(verify(0)).contains("1 objects that were never published");
    }

    @Test
    void valuesThatAreNotOursAreKeptAsTheyAre() throws IOException {
        var range = new RangeBuilder(PARTITION, 0, null, 10, 1000);
        range.add(record(0, null, new byte[] {0, 0, 0, 99, 99, 1}));
        range.add(record(1, null, "rubbish".getBytes(StandardCharsets.UTF_8)));
        var writer = new ArchiveWriter(bucket, Logs.schemas());
        writer.prepare(PARTITION.topic(), 4, 1);

        writer.publish(range.close(10, writer.storeSchemas(range.wireIds())));

        assertThat(offsets(0)).containsExactly(0L, 1L);
        verify(0);
    }

    @Test
    void changedObjectIsFound() throws IOException {
        publish(bucket, 0, 30);
        flip(SECOND + "-00000000000000000019.avro.zst");

        assertThatThrownBy(() -> offsets(0))
                .isInstanceOf(ArchiveException.DamagedObject.class)
                .hasMessageContaining("SHA-256");
        assertThat(offsets(20)).isEqualTo(expected(20, 30));
        assertThat(verify(1)).contains("DAMAGED  " + SECOND);
    }

    @Test
    void missingObjectIsFound() throws IOException {
        publish(bucket, 0, 30);
        bucket.objects.remove(SECOND + "-00000000000000000019.avro.zst");

        assertThatThrownBy(() -> offsets(0))
                .isInstanceOf(ArchiveException.MissingObject.class)
                .hasMessageContaining("no tombstone");
        assertThat(verify(1)).contains("DAMAGED");
    }

    @Test
    void missingManifestBreaksTheChain() throws IOException {
        publish(bucket, 0, 30);
        bucket.objects.remove(SECOND + ".json");

        assertThatThrownBy(() -> offsets(0))
                .isInstanceOf(ArchiveException.BrokenChain.class)
                .hasMessageContaining("after offset 9");
        assertThat(verify(1)).contains("DAMAGED");
    }

    @Test
    void missingFirstManifestBreaksTheChain() throws IOException {
        publish(bucket, 0, 30);
        bucket.objects.remove(FOLDER + "00000000000000000000.json");

        assertThatThrownBy(() -> reader.ranges(PARTITION, 0))
                .isInstanceOf(ArchiveException.BrokenChain.class)
                .hasMessageContaining("names one before it");
    }

    @Test
    void changedManifestBreaksTheChain() throws IOException {
        publish(bucket, 0, 30);
        String key = SECOND + ".json";
        String changed =
                new String(stored(key), StandardCharsets.UTF_8)
                        .replace("\"count\" : 7", "\"count\" : 6");
        bucket.objects.put(key, changed.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> offsets(0))
                .isInstanceOf(ArchiveException.BrokenChain.class)
                .hasMessageContaining("one of the two was changed");
    }

    @Test
    void missingSchemaIsFound() throws IOException {
        publish(bucket, 0, 10);
        bucket.objects.remove("schemas/1.avsc");

        assertThat(verify(1)).contains("names schema 1");
    }

    @Test
    void erasedRangeIsSkippedAndTheChainHolds() throws IOException {
        publish(bucket, 0, 30);
        var eraser = new ArchiveEraser(bucket);

        eraser.erase(PARTITION, 10, "asked for by the site", Instant.EPOCH);
        // once more changes nothing
        var before = stored(SECOND + ".tombstone.json");
        eraser.erase(PARTITION, 10, "another reason", Instant.EPOCH.plusSeconds(1));

        assertThat(stored(SECOND + ".tombstone.json")).isEqualTo(before);
        assertThat(bucket.objects).doesNotContainKey(SECOND + "-00000000000000000019.avro.zst");
        var skipped = new ArrayList<Range>();
        var read = new ArrayList<Long>();
        reader.read(PARTITION, 5, skipped::add).forEachRemaining(r -> read.add(r.offset()));
        var kept = new ArrayList<>(expected(5, 10));
        kept.addAll(expected(20, 30));
        assertThat(read).isEqualTo(kept);
        assertThat(skipped)
                .singleElement()
                .satisfies(range -> assertThat(range.reason()).isEqualTo("asked for by the site"));
        assertThat(verify(0)).contains("gone     10 … 19: asked for by the site");
        publish(bucket, 0, 40);
        assertThat(reader.end(PARTITION).next()).isEqualTo(40);
    }

    @Test
    void erasureThatIsStoppedAfterTheTombstoneIsRepeated() throws IOException {
        publish(bucket, 0, 30);
        var eraser = new ArchiveEraser(bucket);
        eraser.erase(PARTITION, 10, "asked for", Instant.EPOCH);
        bucket.objects.put(SECOND + "-00000000000000000019.avro.zst", new byte[] {1});

        assertThat(offsets(10)).isEqualTo(expected(20, 30));
        eraser.erase(PARTITION, 10, "asked for", Instant.EPOCH);

        assertThat(bucket.objects).doesNotContainKey(SECOND + "-00000000000000000019.avro.zst");
    }

    @Test
    void lostOffsetsAreSaid() throws IOException {
        var end = publish(bucket, 0, 20);
        var writer = new ArchiveWriter(bucket, Logs.schemas());

        String hash = String.valueOf(end.sha256());
        writer.publish(ClosedRange.lost(PARTITION, 20, 50, hash, "retention was faster"));
        publish(bucket, 50, 60);

        assertThat(offsets(10).getLast()).isEqualTo(58);
        assertThat(verify(0)).contains("gone     20 … 49: retention was faster");
    }

    @Test
    void storeThatIsAwaySaysNothingAboutTheArchive() throws IOException {
        publish(bucket, 0, 30);
        bucket.away = true;

        assertThatThrownBy(() -> offsets(0)).isInstanceOf(ArchiveException.Unavailable.class);
        assertThatThrownBy(() -> reader.end(PARTITION))
                .isInstanceOf(ArchiveException.Unavailable.class);
        assertThatThrownBy(() -> verify(1)).isInstanceOf(ArchiveException.Unavailable.class);
    }

    @Test
    void commandSaysWhatItNeeds() {
        var err = new ByteArrayOutputStream();

        int status =
                ArchiveMain.run(
                        List.of("verify"), Map.of(), System.out, new PrintStream(err, true));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("S3_ENDPOINT").contains("--data");
    }

    @Test
    void epochOfAnArchivedLogIsNotClaimedAgain() throws IOException {
        var claims = new EpochClaims(bucket);
        assertThat(claims.claim("now")).isEqualTo(2);
        assertThat(claims.claim("now")).isEqualTo(3);

        new ArchiveWriter(bucket, Logs.schemas()).prepare(PARTITION.topic(), 4, 7);

        assertThat(claims.claim("now")).isEqualTo(8);
    }

    private String verify(int status) {
        var out = new ByteArrayOutputStream();
        assertThat(new VerifyCommand(reader, new PrintStream(out, true)).run()).isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ClosedRange range(long first, long next) {
        var range = new RangeBuilder(PARTITION, first, null, 1000, Long.MAX_VALUE);
        Logs.records(first, next).forEach(range::add);
        return range.close(next, List.of());
    }

    private List<Long> offsets(long from) {
        var offsets = new ArrayList<Long>();
        reader.read(PARTITION, from, _ -> {}).forEachRemaining(one -> offsets.add(one.offset()));
        return offsets;
    }

    private static List<Long> expected(long first, long next) {
        return Logs.records(first, next).stream().map(one -> one.offset()).toList();
    }

    private byte[] stored(String key) {
        byte[] bytes = bucket.objects.get(key);
        assertThat(bytes).as(key).isNotNull();
        return bytes == null ? new byte[0] : bytes;
    }

    private void flip(String key) {
        byte[] bytes = stored(key);
        bytes[bytes.length / 2] ^= 1;
    }
}
