package io.headwater.launcher.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// What Kafka Streams keeps in RocksDB: every entry of every store, read by RocksDB without a lock,
/// and then the bytes of its files, where older values of an entry stand.
///
/// What is in the memory of a running application only is not there; its changelog has it.
final class States implements Place {

    private static final String NAME = "states";

    /// Files change while a store is opened that another process writes.
    private static final int ATTEMPTS = 5;

    private final Path data;
    private final Path folder;

    States(Path data) {
        this.data = data;
        this.folder = data.resolve("state");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void plant(Probes probes) throws IOException, RocksDBException {
        remove();
        Path store = Files.createDirectories(folder.resolve(probes.name()).resolve("rocksdb"));
        var key = probes.make(NAME, "a key");
        var value = probes.make(NAME, "a value in a packed block");
        try (var options = new Options().setCreateIfMissing(true);
                var db = RocksDB.open(options, store.toString());
                var flush = new FlushOptions()) {
            db.put(key.bytes(), " ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            db.put(
                    "page".getBytes(StandardCharsets.US_ASCII),
                    (" ".repeat(1000) + value.inUrl()).getBytes(StandardCharsets.UTF_8));
            db.flush(flush);
        }
    }

    @Override
    public void search(Look look) throws IOException, RocksDBException {
        for (Path store : stores()) {
            search(store, look, ATTEMPTS);
        }
        Tree.search(data, folder, _ -> false, look);
    }

    private List<Path> stores() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var stores = new ArrayList<Path>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                        if (file.endsWith("CURRENT")) {
                            stores.add(file.getParent());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return stores;
    }

    private void search(Path store, Look look, int attempts) throws RocksDBException {
        try {
            search(store, look);
            look.count("stores", 1);
        } catch (RocksDBException e) {
            if (!Files.exists(store.resolve("CURRENT"))) {
                return;
            }
            if (attempts <= 1) {
                throw e;
            }
            search(store, look, attempts - 1);
        }
    }

    private void search(Path store, Look look) throws RocksDBException {
        var families = new ArrayList<ColumnFamilyDescriptor>();
        var opened = new ArrayList<ColumnFamilyHandle>();
        try (var options = new Options();
                var ofFamilies = new ColumnFamilyOptions();
                var ofAll = new DBOptions()) {
            for (byte[] family : RocksDB.listColumnFamilies(options, store.toString())) {
                families.add(new ColumnFamilyDescriptor(family, ofFamilies));
            }
            try (var db = RocksDB.openReadOnly(ofAll, store.toString(), families, opened)) {
                for (var family : opened) {
                    search(store, db, family, look);
                }
                opened.forEach(ColumnFamilyHandle::close);
            }
        }
    }

    private void search(Path store, RocksDB db, ColumnFamilyHandle family, Look look)
            throws RocksDBException {
        String name = data.relativize(store).toString();
        try (var entries = db.newIterator(family)) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                look.count("entries", 1);
                look.unit(entries.key(), () -> name + ", a key");
                look.unit(entries.value(), () -> name + ", a value");
            }
            entries.status();
        }
    }

    @Override
    public void remove() throws IOException {
        Tree.removePlanted(folder);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
