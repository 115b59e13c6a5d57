package io.headwater.command.platform.axon;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// One bound on the memory of all stores of a Streams application: by default every store of every
/// partition has 50 MB of cache and 48 MB of write buffers of its own.
///
/// Given to Streams as a value in its settings, so that two applications in one JVM share nothing.
final class StoreMemory implements AutoCloseable {

    static final String SETTING = "headwater.store.memory";

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    StoreMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /// Named in the Streams settings, made by Streams for each store.
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            var memory = (StoreMemory) Objects.requireNonNull(configs.get(SETTING));
            var table = (BlockBasedTableConfig) options.tableFormatConfig();
            table.setBlockCache(memory.cache);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memory.writeBuffers);
            options.setWriteBufferSize(4 << 20);
            options.setMaxWriteBufferNumber(2);
        }

        @Override
        public void close(String storeName, Options options) {}
    }
}
