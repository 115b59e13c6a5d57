package io.headwater.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headwater.schema.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The vault as those use it who seal and open: keys that were looked up are remembered for a short
/// time, and keys that are committed already wait in a pool, so that a slow vault slows nobody.
public final class DataKeys implements KeySource {

    private static final Logger log = LoggerFactory.getLogger(DataKeys.class);
    private static final int MOST_REMEMBERED = 50_000;
    private static final int MOST_TAKEN = 20_000;

    /// A key that waited longer is left: by then a rule of retention may have destroyed it.
    public static final Duration SHELF_LIFE = Duration.ofDays(5);

    /// Keys of one commit: those who wait need not wait for all.
    private static final int AT_ONCE = 256;

    private final KeyVault vault;
    private final BlockingQueue<DataKey> pool;
    private final int poolSize;
    private final Duration takeLimit;
    private final TakenKeys taken;
    private final Cache<String, KeyState> remembered;
    private final AtomicBoolean refilling = new AtomicBoolean();

    /// @param poolSize keys that wait; those of a process that ends are never used
    /// @param takeLimit longest wait for a key when the pool is empty
    /// @param life how long a key is remembered; for so long an instance still reads what another
    ///   one erased
    public DataKeys(KeyVault vault, int poolSize, Duration takeLimit, Duration life) {
        this.vault = vault;
        this.poolSize = poolSize;
        this.takeLimit = takeLimit;
        this.pool = new ArrayBlockingQueue<>(poolSize);
        this.taken = new TakenKeys(MOST_TAKEN, life);
        this.remembered =
                Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(life).build();
    }

    @Override
    public KeyState find(String kid) {
        var fresh = taken.find(kid);
        return fresh == null ? remembered.get(kid, vault::find) : fresh;
    }

    @Override
    public Map<String, KeyState> findAll(Collection<String> kids) {
        var found = new HashMap<String, KeyState>();
        var older = new ArrayList<String>();
        for (String kid : kids) {
            var fresh = taken.find(kid);
            if (fresh == null) {
                older.add(kid);
            } else {
                found.put(kid, fresh);
            }
        }
        if (!older.isEmpty()) {
            found.putAll(
                    remembered.getAll(older, missing -> vault.findAll(new ArrayList<>(missing))));
        }
        return found;
    }

    /// A key that is nobody's yet, and committed.
    ///
    /// @throws VaultUnavailableException when none is left and none came in time
    public DataKey take() {
        try {
            var key = pool.poll();
            while (key != null && isStale(key)) {
                key = pool.poll();
            }
            if (isLow()) {
                refillSoon();
            }
            if (key == null) {
                key = pool.poll(takeLimit.toNanos(), TimeUnit.NANOSECONDS);
            }
            if (key == null) {
                throw new VaultUnavailableException(
                        "no data key is left, and the vault makes none at the moment");
            }
            taken.add(key);
            return key;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new VaultUnavailableException("interrupted");
        }
    }

    private static boolean isStale(DataKey key) {
        return Ids.madeAt(key.kid())
                .filter(made -> made.isBefore(Instant.now().minus(SHELF_LIFE)))
                .isPresent();
    }

    /// The one key of an owner; the first time, one of the pool becomes it.
    ///
    /// @throws ErasedSubjectException when its keys were erased
    public DataKey of(Owner owner) {
        var known = vault.of(owner);
        if (known.isPresent()) {
            return switch (known.get()) {
                case KeyState.Active(DataKey key) -> key;
                case KeyState.Erased _ -> throw new ErasedSubjectException(owner);
            };
        }
        var fresh = take();
        var own = vault.assign(fresh, owner);
        if (!own.kid().equals(fresh.kid())) {
            // Somebody was faster.
            pool.offer(fresh);
        }
        return own;
    }

    /// Destroys all keys of an owner; nobody here opens anything with them from now on.
    ///
    /// @return how many
    public int erase(Owner owner) {
        var erased = vault.erase(owner);
        // Also of whoever looks one up now: it waits for that one, then forgets it.
        forget(erased);
        return erased.size();
    }

    /// Keys that were destroyed elsewhere: nobody here opens anything with them from now on.
    public void forget(Collection<String> kids) {
        taken.forget(kids);
        remembered.invalidateAll(kids);
    }

    /// Fills the pool beside whoever calls.
    public void refillSoon() {
        if (refilling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("vault-pool").start(this::refill);
        }
    }

    private void refill() {
        boolean filled = fill();
        refilling.set(false);
        // Who found it low while this ran asked in vain.
        if (filled && isLow()) {
            refillSoon();
        }
    }

    private boolean fill() {
        try {
            for (int missing = pool.remainingCapacity();
                    missing > 0;
                    missing = pool.remainingCapacity()) {
                vault.create(Math.min(missing, AT_ONCE)).forEach(pool::offer);
            }
            return true;
        } catch (VaultUnavailableException | VaultRefusedException away) {
            // Whoever takes the next one asks again.
            log.atWarn()
                    .addKeyValue("left", pool.size())
                    .addKeyValue("reason", away.getMessage())
                    .log("no data keys from the vault");
            return false;
        }
    }

    private boolean isLow() {
        return pool.size() <= poolSize / 2;
    }

    /// Keys that wait.
    public int pooled() {
        return pool.size();
    }
}
