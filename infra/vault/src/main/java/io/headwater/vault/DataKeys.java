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
import java.util.concurrent.atomic.AtomicLong;
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

    /// How often something was.
    private final AtomicLong forgotten = new AtomicLong();

    /// When the key was made that was not remembered last.
    private volatile Instant lastMissed = Instant.MIN;

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
        var known = fresh == null ? remembered.getIfPresent(kid) : fresh;
        return known == null ? lookedUp(kid) : known;
    }

    /// Keys leave the pool in the order in which they were made, many in one commit: whoever reads
    /// the log in its order, because he is behind, wants the others of a commit next.
    private KeyState lookedUp(String kid) {
        long before = forgotten.get();
        var made = Ids.madeAt(kid).orElse(Instant.EPOCH);
        Map<String, KeyState> found = Map.of();
        if (made.equals(lastMissed)) {
            found = vault.madeAt(made);
        }
        lastMissed = made;
        var wanted = found.get(kid);
        if (wanted == null) {
            wanted = vault.find(kid);
            found = Map.of(kid, wanted);
        }
        remember(found, before);
        return wanted;
    }

    /// What may have been erased since it was looked up is left out. [#forget] counts first and
    /// takes out then, each key alone, as here: so nothing slips in behind it.
    private void remember(Map<String, KeyState> found, long before) {
        found.forEach((kid, state) ->
                remembered
                        .asMap()
                        .compute(kid, (_, known) -> forgotten.get() == before ? state : known));
    }

    @Override
    public Map<String, KeyState> findAll(Collection<String> kids) {
        long before = forgotten.get();
        var found = new HashMap<String, KeyState>();
        var missing = new ArrayList<String>();
        for (String kid : kids) {
            var fresh = taken.find(kid);
            var known = fresh == null ? remembered.getIfPresent(kid) : fresh;
            if (known == null) {
                missing.add(kid);
            } else {
                found.put(kid, known);
            }
        }
        if (!missing.isEmpty()) {
            var looked = vault.findAll(missing);
            remember(looked, before);
            found.putAll(looked);
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
        forget(erased);
        return erased.size();
    }

    /// Keys that were destroyed elsewhere: nobody here opens anything with them from now on.
    public void forget(Collection<String> kids) {
        // First, so that whoever is looking one up sees it and forgets it by himself.
        forgotten.incrementAndGet();
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
