package io.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WriteOptions;

class StoreMemoryTest {

    private static final int KEYS = 400_000;
    private static final int KEY_BYTES = 40;
    private static final int LOOKED_UP = 1_000;
    private static final long FILTER_BYTES_EACH = 20_000;

    @TempDir private Path folder;

    /// One filter over all keys is 500 kB.
    @Test
    void aLookUpReadsAPartOfAFilterAndNotTheFilterOfAWholeFile() throws RocksDBException {
        try (var memory = new StoreMemory(8 << 20);
                var statistics = new Statistics();
                var options = new Options().setCreateIfMissing(true);
                var noLog = new WriteOptions().setDisableWAL(true)) {
            options.setStatistics(statistics)
                    .setCompactionStyle(CompactionStyle.UNIVERSAL)
                    .setTableFormatConfig(
                            new BlockBasedTableConfig().setFilterPolicy(new BloomFilter()));
            new StoreMemory.Setter()
                    .setConfig("store", options, Map.of(StoreMemory.CONFIG, memory));
            try (var store = RocksDB.open(options, folder.toString())) {
                var written = new Random(1);
                for (int i = 0; i < KEYS; i++) {
                    store.put(noLog, key(written), new byte[1]);
                }
                store.compactRange();

                look(store, new Random(1), true);
                long before = filterBytes(statistics);
                look(store, new Random(1), true);
                look(store, new Random(2), false);

                assertThat(filterBytes(statistics) - before)
                        .isLessThan(2 * LOOKED_UP * FILTER_BYTES_EACH);
            }
        }
    }

    private static void look(RocksDB store, Random random, boolean known) throws RocksDBException {
        for (int i = 0; i < LOOKED_UP; i++) {
            assertThat(store.get(key(random)) != null).isEqualTo(known);
        }
    }

    private static long filterBytes(Statistics statistics) {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_FILTER_BYTES_INSERT);
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }
}
