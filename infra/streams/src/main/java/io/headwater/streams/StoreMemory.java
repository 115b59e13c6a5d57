package io.headwater.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// One bound for the memory of all state stores of this application: blocks and write buffers share
/// a cache. Without it every store may take about 100 MB.
public final class StoreMemory implements AutoCloseable {

    /// Setting that holds the bound.
    public static final String CONFIG = "headwater.store.memory";

    private static final long WRITE_BUFFER = 4L << 20;

    /// Four shards, for few threads read. By itself the cache would take as many as give each half
    /// a megabyte, and what is larger than its shard is thrown out as soon as it is read.
    private static final int SHARD_BITS = 2;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    /// @param bytes for all stores
    public StoreMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes, SHARD_BITS, false, 0.1);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /// Made by Streams for each store; finds the shared bound among the settings.
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            if (!(configs.get(CONFIG) instanceof StoreMemory memory)) {
                throw new IllegalStateException("no " + CONFIG + " among the settings");
            }
            var table = (BlockBasedTableConfig) options.tableFormatConfig();
            table.setBlockCache(memory.cache);
            table.setCacheIndexAndFilterBlocks(true);
            table.setCacheIndexAndFilterBlocksWithHighPriority(true);
            // One filter of a large file is megabytes, and read whole for every key that is looked
            // up while it is not in the cache; in parts, the few that are asked for stay.
            table.setIndexType(IndexType.kTwoLevelIndexSearch);
            table.setPartitionFilters(true);
            table.setPinTopLevelIndexAndFilter(true);
            table.setPinL0FilterAndIndexBlocksInCache(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memory.writeBuffers);
            options.setWriteBufferSize(WRITE_BUFFER);
            options.setMaxWriteBufferNumber(2);
        }

        @Override
        public void close(String store, Options options) {
            // The cache outlives the stores: their application closes it.
        }
    }
}
