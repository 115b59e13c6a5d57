package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.FoldStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.springframework.util.FileSystemUtils;

/// The stores of a fold over whole partitions: objects in memory up to a bound; beyond it
/// everything is written, sorted, to a RocksDB of its own on disk and looked up there. Not durable:
/// whoever dies begins anew.
///
/// Used by one thread.
final class BoundedStores implements FoldStores, AutoCloseable {

    private static final long WRITE_BUFFER = 16L << 20;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final long most;
    private final Path folder;
    private final Serde<SpecificRecord> records;
    private final Map<String, SpillingStore<?>> stores = new LinkedHashMap<>();
    private long weight;
    private long now;
    private @Nullable Disk disk;

    private record Disk(RocksDB db, Options options, LRUCache cache, Path folder) {}

    /// @param most bytes of objects, estimated
    /// @param folder where a folder of its own is made when memory does not do
    BoundedStores(long most, Path folder, Serde<SpecificRecord> records) {
        this.most = most;
        this.folder = folder;
        this.records = records;
    }

    @Override
    public <T extends SpecificRecord> FoldStore<T> records(String name) {
        return store(name);
    }

    /// @param name any; stores are told apart by it
    @SuppressWarnings("unchecked") // a name has one type of values
    <T extends SpecificRecord> SpillingStore<T> store(String name) {
        return (SpillingStore<T>) stores.computeIfAbsent(name, this::add);
    }

    @Override
    @SuppressWarnings("unchecked")
    public FoldStore<String> texts(String name) {
        return (FoldStore<String>)
                stores.computeIfAbsent(
                        name, _ -> new SpillingStore<>(this, name, stores.size(), Serdes.String()));
    }

    private SpillingStore<?> add(String name) {
        return new SpillingStore<>(this, name, stores.size(), records);
    }

    Collection<SpillingStore<?>> all() {
        return List.copyOf(stores.values());
    }

    boolean isSpilled() {
        return disk != null;
    }

    boolean isFull() {
        return weight > most;
    }

    /// @return how much of the memory; above 1 it is full
    double filled() {
        return (double) weight / most;
    }

    /// Between two events: a fold sees its stores whole.
    void bound() {
        if (!isFull()) {
            return;
        }
        try {
            var db = disk();
            for (var store : stores.values()) {
                store.spill(db);
            }
        } catch (RocksDBException | IOException full) {
            throw new IllegalStateException(
                    "what does not fit into memory cannot be written to " + folder, full);
        }
    }

    /// @param timestamp of the event that is folded now, in milliseconds
    void at(long timestamp) {
        now = timestamp;
    }

    long now() {
        return now;
    }

    void weighs(long more) {
        weight += more;
    }

    /// @return null while everything is in memory
    @Nullable RocksDB spilled() {
        var open = disk;
        return open == null ? null : open.db();
    }

    private RocksDB disk() throws IOException, RocksDBException {
        var open = disk;
        if (open == null) {
            RocksDB.loadLibrary();
            Files.createDirectories(folder);
            Path own = own(folder);
            FileSystemUtils.deleteRecursively(own);
            var cache = new LRUCache(Math.max(1L << 20, most / 8));
            var options =
                    new Options()
                            .setCreateIfMissing(true)
                            .setWriteBufferSize(WRITE_BUFFER)
                            .setMaxWriteBufferNumber(2)
                            .setTableFormatConfig(
                                    new BlockBasedTableConfig()
                                            .setBlockCache(cache)
                                            .setCacheIndexAndFilterBlocks(true)
                                            .setFilterPolicy(new org.rocksdb.BloomFilter(10)));
            open = new Disk(RocksDB.open(options, own.toString()), options, cache, own);
            disk = open;
        }
        return open.db();
    }

    @Override
    public void close() {
        stores.clear();
        weight = 0;
        var open = disk;
        disk = null;
        if (open != null) {
            open.db().close();
            open.options().close();
            open.cache().close();
            try {
                FileSystemUtils.deleteRecursively(open.folder());
            } catch (IOException left) {
                throw new IllegalStateException(
                        open.folder() + " cannot be deleted: " + left.getMessage(), left);
            }
        }
    }

    static Path folder(Path stateDir) {
        return stateDir.resolve("backfill");
    }

    /// Of nobody else.
    static Path own(Path folder) {
        return folder.resolve(ProcessHandle.current().pid() + "-" + NUMBER.getAndIncrement());
    }

    /// Folders of a process that died.
    static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> left = new ArrayList<>();
        try (var inside = Files.list(folder)) {
            inside.forEach(left::add);
        }
        for (Path one : left) {
            FileSystemUtils.deleteRecursively(one);
        }
    }
}
