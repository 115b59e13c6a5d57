package io.headwater.jobs.lead;

import io.headwater.events.lead.ScoreRequested;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.state.NetworkHistory;
import io.headwater.state.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much a fingerprint's network looks like a VPN or a data centre: points for what it did in
/// the 24 hours before its newest session, normalised to 0–100. Pure.
///
/// source: contract.md section 2; the table and the scale in docs/scores.md
final class NetworkScore {

    /// Above it a lead counts as behind a VPN; half of all points.
    static final int SUSPECTED = 50;

    /// More sessions in a day than this tell nothing new.
    static final int SIGHTINGS_KEPT = 32;

    private static final Duration WINDOW = Duration.ofHours(24);
    private static final int MOST_POINTS = 24;
    private static final int HOSTING = 3;
    private static final int MANY_ADDRESSES = 5;
    private static final int MANY_SYSTEMS = 5;
    private static final int MANY_SESSIONS = 3;
    private static final int SYSTEM_CHANGED = 5;
    private static final int ROBOT = 3;

    private NetworkScore() {}

    /// @return the history given when the start is known already
    static NetworkHistory with(
            @Nullable NetworkHistory before, SessionStarted started, Addresses addresses) {
        var known = before == null ? List.<Sighting>of() : before.getSightings();
        var sighting =
                new Sighting(
                        started.getSessionId(),
                        started.getStartedAt(),
                        addresses.name(started.getIp(), started.getSiteId()),
                        started.getAsn(),
                        started.getHosting(),
                        started.getBotScore());
        if (before != null && known.contains(sighting)) {
            return before;
        }
        var sightings = new ArrayList<Sighting>();
        known.stream()
                .filter(one -> !one.getSessionId().equals(sighting.getSessionId()))
                .forEach(sightings::add);
        sightings.add(sighting);
        sightings.sort(Comparator.comparing(Sighting::getAt).thenComparing(Sighting::getSessionId));
        return new NetworkHistory(
                sightings.subList(
                        Math.max(0, sightings.size() - SIGHTINGS_KEPT), sightings.size()));
    }

    static Instant newest(NetworkHistory history) {
        return history.getSightings().getLast().getAt();
    }

    /// @param history of the fingerprint, when it is known
    /// @return null when nothing is known about the network
    static @Nullable Integer of(@Nullable NetworkHistory history, ScoreRequested request) {
        if (history == null || history.getSightings().isEmpty()) {
            return request.getHosting() == null && request.getBotScore() == null
                    ? null
                    : normalised(
                            points(request.getHosting(), HOSTING)
                                    + points(isRobot(request.getBotScore()), ROBOT));
        }
        var newest = history.getSightings().getLast();
        var oldest = newest.getAt().minus(WINDOW);
        var recent =
                history.getSightings().stream().filter(one -> one.getAt().isAfter(oldest)).toList();
        int sum =
                points(newest.getHosting(), HOSTING)
                        + points(isRobot(newest.getBotScore()), ROBOT)
                        + points(
                                distinct(recent.stream().map(Sighting::getAddress)) > 3,
                                MANY_ADDRESSES)
                        + points(distinct(recent.stream().map(Sighting::getAsn)) > 2, MANY_SYSTEMS)
                        + points(recent.size() > 10, MANY_SESSIONS)
                        + points(systemChanged(history.getSightings()), SYSTEM_CHANGED);
        return normalised(sum);
    }

    private static int normalised(int sum) {
        return Math.round(sum * 100f / MOST_POINTS);
    }

    private static int points(@Nullable Boolean given, int points) {
        return Boolean.TRUE.equals(given) ? points : 0;
    }

    private static boolean isRobot(@Nullable Integer botScore) {
        return botScore != null && botScore <= 30;
    }

    private static long distinct(Stream<? extends @Nullable Object> values) {
        return values.filter(Objects::nonNull).distinct().count();
    }

    /// Of the two newest sessions, when both networks are known.
    private static boolean systemChanged(List<Sighting> sightings) {
        if (sightings.size() < 2) {
            return false;
        }
        Long now = sightings.getLast().getAsn();
        Long before = sightings.get(sightings.size() - 2).getAsn();
        return now != null && before != null && !now.equals(before);
    }
}
