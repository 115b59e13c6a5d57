package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A bucket in memory; away when told so.
public final class MemoryBucket implements Bucket {

    public final TreeMap<String, byte[]> objects = new TreeMap<>();
    public boolean away;

    /// Puts that are still carried out; the next one fails. Negative: all are.
    public int putsLeft = -1;

    /// The same for deletes.
    public int deletesLeft = -1;

    @Override
    public void prepare() throws IOException {
        answer();
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) throws IOException {
        countPut();
        objects.put(key, bytes.clone());
    }

    @Override
    public boolean putNew(String key, byte[] bytes, String contentType) throws IOException {
        countPut();
        return objects.putIfAbsent(key, bytes.clone()) == null;
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        answer();
        return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
    }

    @Override
    public List<String> list(String prefix, String startAfter) throws IOException {
        answer();
        return objects.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(startAfter) > 0)
                .toList();
    }

    @Override
    public SortedMap<String, Long> sizes(String prefix, String startAfter, int most)
            throws IOException {
        answer();
        var sizes = new TreeMap<String, Long>();
        objects.forEach((key, bytes) -> {
            if (sizes.size() < most && key.startsWith(prefix) && key.compareTo(startAfter) > 0) {
                sizes.put(key, (long) bytes.length);
            }
        });
        return sizes;
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        var folders = new TreeSet<String>();
        for (String key : list(prefix, "")) {
            int slash = key.indexOf('/', prefix.length());
            if (slash > 0) {
                folders.add(key.substring(0, slash + 1));
            }
        }
        return List.copyOf(folders);
    }

    @Override
    public void delete(String key) throws IOException {
        answer();
        if (deletesLeft == 0) {
            throw new IOException("the store went away before this delete");
        }
        deletesLeft--;
        objects.remove(key);
    }

    private void countPut() throws IOException {
        answer();
        if (putsLeft == 0) {
            throw new IOException("the store went away before this put");
        }
        putsLeft--;
    }

    private void answer() throws IOException {
        if (away) {
            throw new IOException("the store is away");
        }
    }
}
