package io.headwater.jobs.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.util.List;

/// A store whose writer dies after some writes and deletes: the last one arrives and nobody hears
/// of it.
final class DyingBucket implements Bucket {

    private final Bucket real;
    private int putsLeft;

    DyingBucket(Bucket real, int putsLeft) {
        this.real = real;
        this.putsLeft = putsLeft;
    }

    synchronized boolean isDead() {
        return putsLeft <= 0;
    }

    @Override
    public void prepare() throws IOException {
        real.prepare();
    }

    @Override
    public synchronized void put(String key, byte[] bytes, String type) throws IOException {
        refuseWhenDead();
        real.put(key, bytes, type);
        die();
    }

    @Override
    public synchronized boolean putNew(String key, byte[] bytes, String type) throws IOException {
        refuseWhenDead();
        boolean made = real.putNew(key, bytes, type);
        die();
        return made;
    }

    @Override
    public java.util.Optional<byte[]> get(String key) throws IOException {
        return real.get(key);
    }

    @Override
    public List<String> list(String prefix, String startAfter) throws IOException {
        return real.list(prefix, startAfter);
    }

    @Override
    public java.util.SortedMap<String, Long> sizes(String prefix, String startAfter, int most)
            throws IOException {
        return real.sizes(prefix, startAfter, most);
    }

    @Override
    public List<String> folders(String prefix) throws IOException {
        return real.folders(prefix);
    }

    @Override
    public synchronized void delete(String key) throws IOException {
        refuseWhenDead();
        real.delete(key);
        die();
    }

    private void refuseWhenDead() throws IOException {
        if (isDead()) {
            throw new IOException("dead");
        }
    }

    private void die() throws IOException {
        putsLeft--;
        if (putsLeft <= 0) {
            throw new IOException("the answer never came");
        }
    }
}
