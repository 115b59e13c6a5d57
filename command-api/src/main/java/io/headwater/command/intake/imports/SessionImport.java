package io.headwater.command.intake.imports;

import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.events.tracking.SessionImported;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Takes rows of past sessions: each is judged alone, and known for ever by site and id. Nobody
/// decides about a session, so a usable row goes straight to where live ones go.
///
/// `imports.sessions.received = accepted + duplicate + refused`, here since the start and in
/// [SessionLedger] for ever. A dry run counts nowhere.
@Component
final class SessionImport {

    private static final String TOPIC = Topics.TRACKING_EVENTS.name();

    private final SessionNormaliser normaliser;
    private final SessionLedger ledger;
    private final FactLog log;
    private final MeterRegistry meters;
    private final Clock clock;

    SessionImport(
            SessionNormaliser normaliser,
            SessionLedger ledger,
            FactLog log,
            MeterRegistry meters,
            Clock clock) {
        this.normaliser = normaliser;
        this.ledger = ledger;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
    }

    private sealed interface Judged {
        record Refused(RowVerdict verdict) implements Judged {}

        record Usable(SessionImported session, String contentHash) implements Judged {}
    }

    /// @param rows a verdict per row, in their order
    /// @param unused columns that no row's fields are named by
    record Taken(List<RowVerdict> rows, Set<String> unused) {}

    /// @param dryRun judge only: nothing is written
    /// @throws RuntimeException that stands for a problem: 503 when it is not known whether the
    ///   rows are kept; sent again, each is kept once
    Taken take(String siteId, List<String> lines, boolean dryRun) {
        Instant now = clock.instant();
        var unused = new TreeSet<String>();
        var judged = lines.stream().map(line -> judge(line, siteId, now, unused)).toList();
        var hashes = new LinkedHashMap<String, String>();
        for (var row : judged) {
            if (row instanceof Judged.Usable(var session, var hash)) {
                hashes.putIfAbsent(session.getExternalId(), hash);
            }
        }
        var standing =
                dryRun ? ledger.known(siteId, hashes.keySet()) : ledger.reserve(siteId, hashes);
        var verdicts = new ArrayList<RowVerdict>();
        var fresh = new LinkedHashMap<String, SessionImported>();
        for (var row : judged) {
            verdicts.add(
                    switch (row) {
                        case Judged.Refused(var verdict) -> verdict;
                        case Judged.Usable(var session, var hash) -> {
                            String id = session.getExternalId();
                            var entry = standing.get(id);
                            String first = entry == null ? hashes.get(id) : entry.contentHash();
                            if (!hash.equals(first)) {
                                yield changed(id);
                            }
                            boolean known = entry != null && entry.kept();
                            boolean isNew = !known && fresh.putIfAbsent(id, session) == null;
                            yield told(session, isNew, dryRun);
                        }
                    });
        }
        if (!dryRun) {
            append(fresh.values());
            verdicts.replaceAll(settled(siteId, verdicts, fresh.keySet())::of);
        }
        return new Taken(verdicts, unused);
    }

    private interface Settled {
        RowVerdict of(RowVerdict verdict);
    }

    /// What another request kept in the same moment is its own: here it is a duplicate.
    private Settled settled(String siteId, List<RowVerdict> verdicts, Set<String> appended) {
        long refused = verdicts.stream().filter(row -> row.is(RowVerdict.REFUSED)).count();
        var kept = new HashSet<>(ledger.settle(siteId, appended, verdicts.size(), refused));
        count("received", verdicts.size());
        count("accepted", kept.size());
        count("duplicate", verdicts.size() - refused - kept.size());
        count("refused", refused);
        return verdict ->
                verdict.is(RowVerdict.ACCEPTED) && !kept.contains(String.valueOf(verdict.key()))
                        ? RowVerdict.session(
                                String.valueOf(verdict.key()),
                                RowVerdict.DUPLICATE,
                                String.valueOf(verdict.sessionId()))
                        : verdict;
    }

    private Judged judge(String line, String siteId, Instant now, Set<String> unused) {
        var row = ImportRow.unkeyed(line);
        if (row.refusal() != null) {
            return new Judged.Refused(row.refusal());
        }
        var cells = new SessionCells(row.content());
        unused.addAll(cells.unused());
        try {
            return new Judged.Usable(normaliser.read(cells, siteId, now), cells.contentHash());
        } catch (BadCellException bad) {
            return new Judged.Refused(bad.verdict(cells.text(SessionField.SESSION_ID, 128)));
        }
    }

    private static RowVerdict told(SessionImported session, boolean isNew, boolean dryRun) {
        String accepted = dryRun ? RowVerdict.VALID : RowVerdict.ACCEPTED;
        return RowVerdict.session(
                session.getExternalId(),
                isNew ? accepted : RowVerdict.DUPLICATE,
                session.getSessionId());
    }

    private static RowVerdict changed(String externalId) {
        return RowVerdict.refused(
                externalId,
                SessionField.SESSION_ID.label(),
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "a session of this id came before with other content");
    }

    private void append(Iterable<SessionImported> sessions) {
        int partitions = log.partitions(TOPIC);
        var acknowledged = new ArrayList<CompletableFuture<Void>>();
        for (var session : sessions) {
            String id = session.getSessionId();
            int partition = Slots.partition(Slots.slotOfSession(id), partitions);
            acknowledged.add(log.append(new ProducerRecord<>(TOPIC, partition, id, session)));
        }
        FactLog.await(CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)));
    }

    private void count(String what, long rows) {
        meters.counter("imports.sessions." + what).increment(rows);
    }

    /// How many rows came for the site, and what became of them.
    Map<String, Object> account(String siteId) {
        var counts = ledger.counts(siteId);
        var entries = ledger.entries(siteId);
        long kept = entries.getOrDefault(true, 0L);
        long outcomes = counts.accepted() + counts.duplicate() + counts.refused();
        var account = new LinkedHashMap<String, Object>();
        account.put("site_id", siteId);
        account.put("received", counts.received());
        account.put("accepted", counts.accepted());
        account.put("duplicate", counts.duplicate());
        account.put("refused", counts.refused());
        account.put("sessions", kept);
        account.put("unsettled", entries.getOrDefault(false, 0L));
        account.put("holds", counts.received() == outcomes && counts.accepted() == kept);
        return account;
    }
}
