package io.headwater.archive;

import static io.headwater.archive.Logs.PARTITION;
import static io.headwater.archive.Logs.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangeBuilderTest {

    @Test
    void sameRecordsMakeTheSameBytes() {
        var once = filled(builder(0, 100), 0, 60).close(60, List.of(1));
        var again = filled(builder(0, 100), 0, 60).close(60, List.of(1));

        assertThat(again.object()).isEqualTo(once.object());
        assertThat(again.manifest()).isEqualTo(once.manifest());
        assertThat(again.manifest().toJson()).isEqualTo(once.manifest().toJson());
    }

    @Test
    void recordsComeBackByteForByte() {
        var builder = builder(0, 100);
        var records =
                List.of(
                        record(3),
                        record(5, null, Logs.value(5)),
                        record(6, new byte[0], null),
                        record(9, new byte[] {1}, new byte[0]));
        records.forEach(builder::add);
        var range = builder.close(12, List.of());

        var read = RangeObject.read(range.manifest(), bytes(range));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("headers.isReadOnly")
                .isEqualTo(records);
        assertThat(read.get(1).key()).isNull();
        assertThat(read.get(2).value()).isNull();
        assertThat(read.get(3).headers().lastHeader("none").value()).isNull();
    }

    @Test
    void endsAtAMultipleOfTheOffsetHoweverItBegan() {
        var builder = builder(7, 10);

        assertThat(builder.add(record(9))).isTrue();
        assertThat(builder.isFull(9)).isFalse();
        assertThat(builder.isFull(10)).isTrue();
        assertThat(builder.add(record(10))).isFalse();
        assertThat(builder.fullAt(10)).isEqualTo(10);
        // nothing was in 10 … 12, and the end is the same
        assertThat(builder.fullAt(13)).isEqualTo(10);
    }

    @Test
    void endsBeforeTheRecordThatWouldMakeItTooLong() {
        var builder = new RangeBuilder(PARTITION, 0, null, 1000, 100);

        assertThat(builder.add(record(0, null, new byte[60]))).isTrue();
        assertThat(builder.add(record(4, null, new byte[60]))).isFalse();
        assertThat(builder.fullAt(4)).isEqualTo(4);
    }

    @Test
    void oneRecordLongerThanARangeIsARange() {
        var builder = new RangeBuilder(PARTITION, 0, null, 1000, 100);

        assertThat(builder.add(record(0, null, new byte[600]))).isTrue();
        assertThat(builder.add(record(1, null, new byte[6]))).isFalse();
    }

    @Test
    void manifestSaysWhatIsInIt() {
        var builder = new RangeBuilder(PARTITION, 20, "aa", 100, Long.MAX_VALUE);
        Logs.records(20, 30).forEach(builder::add);
        assertThat(builder.wireIds()).containsExactly(Logs.SCHEMA_ID);

        var manifest = builder.close(32, builder.wireIds()).manifest();

        assertThat(manifest.first()).isEqualTo(20);
        assertThat(manifest.last()).isEqualTo(31);
        assertThat(manifest.next()).isEqualTo(32);
        assertThat(manifest.count()).isEqualTo(8);
        assertThat(manifest.previous()).isEqualTo("aa");
        assertThat(manifest.schemaIds()).containsExactly(1);
        assertThat(manifest.firstTimestamp()).isEqualTo(1_700_000_000_020L);
        assertThat(manifest.lastTimestamp()).isEqualTo(1_700_000_000_030L - 1);
        assertThat(manifest.object())
                .isEqualTo(
                        "log/lead.events.v1/2/00000000000000000020-00000000000000000031.avro.zst");
    }

    @Test
    void withoutRecordsThereIsNoObject() {
        var range = builder(0, 10).close(10, List.of());

        assertThat(range.object()).isNull();
        assertThat(range.manifest().object()).isNull();
        assertThat(Manifest.parse(range.manifest().key(), range.manifest().toJson()))
                .isEqualTo(range.manifest());
    }

    @Test
    void recordsMustComeInOrder() {
        var builder = filled(builder(0, 10), 0, 5);

        assertThatThrownBy(() -> builder.add(record(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset 2");
    }

    private static RangeBuilder builder(long first, long cutEvery) {
        return new RangeBuilder(PARTITION, first, null, cutEvery, Long.MAX_VALUE);
    }

    private static RangeBuilder filled(RangeBuilder builder, long first, long next) {
        Logs.records(first, next).forEach(builder::add);
        return builder;
    }

    private static byte[] bytes(ClosedRange range) {
        byte[] object = range.object();
        assertThat(object).isNotNull();
        return object == null ? new byte[0] : object;
    }
}
