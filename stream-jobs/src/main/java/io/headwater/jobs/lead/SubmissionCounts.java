package io.headwater.jobs.lead;

import io.headwater.events.lead.Submission;
import io.headwater.state.RecentSubmissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/// How often a visitor or an address submitted at a site within 24 hours. A site's submissions are
/// all in one partition, so no other task counts the same one.
final class SubmissionCounts {

    static final Duration WINDOW = Duration.ofHours(24);

    /// The score asks for no more.
    private static final int KEPT = 3;

    private final KeyValueStore<String, RecentSubmissions> store;
    private final Addresses addresses;

    SubmissionCounts(KeyValueStore<String, RecentSubmissions> store, Addresses addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    /// Counts it, too, unless it was let in from the quarantine and was counted when it came. What
    /// was imported happened elsewhere.
    ///
    /// @return of the visitor or the address, whichever has more; 1 to 3
    int with(Submission submission) {
        if (submission.getImported()) {
            return 1;
        }
        String visitor = submission.getVisitorId();
        String address = addresses.name(submission.getUserIp(), submission.getSiteId());
        return Math.max(
                visitor == null ? 1 : count("visitor|" + visitor, submission),
                address == null ? 1 : count("address|" + address, submission));
    }

    void forgetBefore(Instant oldest) {
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.value.getTimes().getLast() < oldest.toEpochMilli()) {
                    store.delete(entry.key);
                }
            }
        }
    }

    private int count(String who, Submission submission) {
        String key = submission.getSiteId() + "|" + who;
        Instant at = submission.getReceivedAt();
        var times = new ArrayList<>(within(key, at));
        if (!submission.getReleased() || times.isEmpty()) {
            times.add(at.toEpochMilli());
            times.sort(null);
        }
        var kept = times.subList(Math.max(0, times.size() - KEPT), times.size());
        store.put(key, new RecentSubmissions(List.copyOf(kept)));
        return kept.size();
    }

    private List<Long> within(String key, Instant at) {
        var known = store.get(key);
        long oldest = at.minus(WINDOW).toEpochMilli();
        return known == null
                ? List.of()
                : known.getTimes().stream().filter(time -> time > oldest).toList();
    }
}
