package io.headwater.command.platform.vault;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.tracking.SessionImported;
import io.headwater.schema.PersonalFields;
import io.headwater.schema.Topics;
import io.headwater.vault.DataKey;
import io.headwater.vault.KeySource;
import io.headwater.vault.PersonalKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Seals the personal fields of records before they leave for a topic, with a key for each record
/// that was not sealed before.
///
/// - Of a request about one person all records have one key: its audit and what follows from it.
/// - The audit of a request about many has its own, and so has every body where bodies end before
///   what they brought.
/// - Requests that were turned down have no person but an address: they share a key for an hour, so
///   that nobody can use keys up without being let in.
/// - All records of a session have one, as long as this instance remembers it ([SessionKeys]).
/// - All lines of the block and white list of a site have one, which is nobody's: who is forgotten
///   stays blocked.
public final class RecordSealer {

    private static final long SHARED_NANOS = Duration.ofHours(1).toNanos();

    private final PersonalKeys personal;
    private final Supplier<DataKey> fresh;
    private final SessionKeys sessions;
    private final Function<String, DataKey> lists;
    private final Map<String, DataKey> listed = new ConcurrentHashMap<>();
    private final Predicate<String> bodiesEnd;
    private final LongSupplier nanoTime;
    private @Nullable DataKey shared;
    private long sharedUntil;

    /// @param fresh a key that is nobody's yet
    /// @param lists the key of a site's lists, always the same
    /// @param bodiesEnd of which sites bodies end by themselves; asked with an empty id where a
    ///   request names none
    public RecordSealer(
            KeySource keys,
            Supplier<DataKey> fresh,
            Function<String, DataKey> lists,
            Predicate<String> bodiesEnd,
            LongSupplier nanoTime) {
        this.bodiesEnd = bodiesEnd;
        this.personal = new PersonalKeys(keys);
        this.fresh = fresh;
        this.lists = lists;
        this.sessions = new SessionKeys(fresh);
        this.nanoTime = nanoTime;
    }

    /// @param records of one request
    /// @return the same, sealed
    /// @throws io.headwater.vault.VaultUnavailableException when no key is to be had
    public List<ProducerRecord<String, SpecificRecord>> sealed(
            List<ProducerRecord<String, SpecificRecord>> records) {
        var one = new Once();
        boolean about = records.stream().filter(RecordSealer::isAboutSomebody).count() <= 1;
        return records.stream()
                .map(record ->
                        sealed(record, key(record, about && !hasOwn(record) ? one : new Once())))
                .toList();
    }

    /// @param other of what is neither
    private Supplier<DataKey> key(
            ProducerRecord<String, SpecificRecord> record, Supplier<DataKey> other) {
        if (isTurnedDown(record)) {
            return this::shared;
        }
        if (isListed(record)) {
            return () -> listed(record.value());
        }
        return isOfRunningSession(record) ? () -> sessions.of(record.key()) : other;
    }

    private boolean hasOwn(ProducerRecord<String, SpecificRecord> record) {
        return record.value() instanceof WebhookReceived audit
                && audit.getBody() != null
                && bodiesEnd.test(audit.getSiteId() == null ? "" : audit.getSiteId());
    }

    /// What was recorded elsewhere comes once, and need not be remembered.
    private static boolean isOfRunningSession(ProducerRecord<String, SpecificRecord> record) {
        return record.topic().equals(Topics.TRACKING_EVENTS.name())
                && !(record.value() instanceof SessionImported);
    }

    private ProducerRecord<String, SpecificRecord> sealed(
            ProducerRecord<String, SpecificRecord> record, Supplier<DataKey> key) {
        if (record.value() == null) {
            return record;
        }
        var value = personal.sealed(record.value(), "", key);
        return value == record.value()
                ? record
                : new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        value,
                        record.headers());
    }

    private static boolean isAboutSomebody(ProducerRecord<String, SpecificRecord> record) {
        return record.value() != null
                && !(record.value() instanceof WebhookReceived)
                && !isListed(record)
                && PersonalFields.any(record.value().getClass());
    }

    private static boolean isTurnedDown(ProducerRecord<String, SpecificRecord> record) {
        return record.value() instanceof WebhookReceived audit
                && audit.getBody() == null
                && audit.getSubmissionIds().isEmpty()
                && audit.getFactIds().isEmpty();
    }

    private static boolean isListed(ProducerRecord<String, SpecificRecord> record) {
        return record.topic().equals(Topics.ACCESS_COMMANDS.name());
    }

    /// Kept for good, so that a filled honeypot blocks while the vault is away.
    private DataKey listed(SpecificRecord command) {
        var site = command.getSchema().getField("site_id");
        return listed.computeIfAbsent(command.get(site.pos()).toString(), lists);
    }

    private synchronized DataKey shared() {
        long now = nanoTime.getAsLong();
        var key = shared;
        if (key == null || now - sharedUntil >= 0) {
            key = fresh.get();
            shared = key;
            sharedUntil = now + SHARED_NANOS;
        }
        return key;
    }

    /// One key, taken when it is needed first.
    private final class Once implements Supplier<DataKey> {
        private @Nullable DataKey key;

        @Override
        public DataKey get() {
            var taken = key;
            if (taken == null) {
                taken = fresh.get();
                key = taken;
            }
            return taken;
        }
    }
}
