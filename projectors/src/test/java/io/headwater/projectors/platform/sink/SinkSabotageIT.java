package io.headwater.projectors.platform.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A sink that is built wrong is found out, each time by what is wrong with it: an oracle that says
/// nothing here proves nothing elsewhere. The view is additive, since rows that are only replaced
/// hide what was written twice.
class SinkSabotageIT extends SinkTables {

    private static final long SEED = 5;
    private static final int BATCH = 50;
    private static final int SABOTAGED = 3;

    private Generation traffic = new Generation("traffic", 0);
    private TrafficLog log = new TrafficLog(traffic, SEED, 2);

    @BeforeEach
    void begin() {
        traffic = generation("traffic");
        log = new TrafficLog(traffic, SEED, 3_020);
    }

    @Test
    void soundSinkHasNoFaults() throws Exception {
        assertThat(faults(Sabotage.NONE)).isEmpty();
    }

    /// Then a former owner writes what others have written since.
    @Test
    void sinkWithoutItsGuardIsFoundOut() throws Exception {
        var removed = new ArrayList<String>();
        var faults =
                faults(
                        new Sabotage() {
                            private static final String GUARD =
                                    "and p.epoch = m.epoch and p.next_offset = m.o";

                            @Override
                            String sql(String statement) {
                                if (statement.contains(GUARD)) {
                                    removed.add(statement);
                                }
                                return statement.replace(GUARD, "");
                            }
                        });

        assertThat(removed).isNotEmpty();
        assertThat(faults).containsKeys("read", "went back");
    }

    /// As with offsets that are committed to Kafka before the rows are in Postgres.
    @Test
    void sinkThatCommitsItsPositionBeforeItsRowsIsFoundOut() throws Exception {
        int last = log.lastOfASource() / BATCH;
        var faults =
                faults(
                        new Sabotage() {
                            @Override
                            boolean commitsPositionFirst(int number) {
                                return number == last;
                            }
                        });

        assertThat(faults).containsKeys("rows", "sum");
    }

    /// Also when a later row of the same key hides it: then the account is short.
    @Test
    void sinkThatDropsOneRecordInThousandsIsFoundOut() throws Exception {
        assertThat(faults(dropping(SABOTAGED * BATCH))).containsOnlyKeys("read");

        begin();
        assertThat(faults(dropping(log.lastOfASource()))).containsKeys("read", "rows", "sum");
    }

    @Test
    void sinkThatWritesABatchTwiceIsFoundOut() throws Exception {
        var faults =
                faults(
                        new Sabotage() {
                            @Override
                            boolean doubles(int number) {
                                return number == SABOTAGED;
                            }
                        });

        assertThat(faults).containsOnlyKeys("read");
        assertThat(faults.get("read")).startsWith("3020 expected, 3070 found");
    }

    @Test
    void sinkThatSwapsTwoRecordsOfAKeyIsFoundOut() throws Exception {
        int last = log.records().size() - 1;
        var faults =
                faults(
                        new Sabotage() {
                            @Override
                            List<ConsumerRecord<byte[], byte[]>> instead(
                                    List<ConsumerRecord<byte[], byte[]>> records) {
                                if (records.getLast().offset() != last) {
                                    return records;
                                }
                                var swapped = new ArrayList<>(records);
                                swapped.addFirst(swapped.removeLast());
                                return swapped;
                            }
                        });

        assertThat(faults).containsOnlyKeys("rows", "sum");
    }

    private static Sabotage dropping(long offset) {
        return new Sabotage() {
            @Override
            List<ConsumerRecord<byte[], byte[]>> instead(
                    List<ConsumerRecord<byte[], byte[]>> records) {
                return records.stream().filter(one -> one.offset() != offset).toList();
            }
        };
    }

    private Map<String, String> faults(Sabotage sabotage) throws Exception {
        var oracle = new TrafficOracle(jdbc, traffic);
        SinkRun.of(traffic, log.records(), BATCH, sabotage);
        return oracle.faults(log);
    }
}
