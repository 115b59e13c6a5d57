package io.headwater.query.projection;

import io.headwater.query.platform.live.EventStreams;
import io.headwater.query.platform.live.LiveEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What one client is told of the generations of one projection: each as it stands when the client
/// comes, each change after that, and at every look those that are on their way or being dropped.
final class ProgressFeed implements EventStreams.Source {
    private static final String EVENT = "generation";

    private final String projection;
    private final GenerationQuery generations;
    private final ProgressMeter meter;
    private final JsonMapper json;
    private final Map<Integer, Told> told = new HashMap<>();

    ProgressFeed(
            String projection, GenerationQuery generations, ProgressMeter meter, JsonMapper json) {
        this.projection = projection;
        this.generations = generations;
        this.meter = meter;
        this.json = json;
    }

    /// @param step of a backfill in bulk; null when there is none
    /// @param done and the three after it: null when it is not on its way
    /// @param reason why its health or state is what it is
    record ProgressView(
            int generation,
            String purpose,
            String state,
            @Nullable String step,
            String health,
            boolean alive,
            @Nullable Long done,
            @Nullable Long total,
            @Nullable Double perSecond,
            @Nullable Long etaSeconds,
            long lagAgeMs,
            @Nullable Integer rateLimit,
            ProjectionView.@Nullable Verification verification,
            @Nullable String reason) {}

    /// A change of these is told even of a generation that rests.
    private record Told(
            String state,
            String health,
            boolean alive,
            @Nullable Long reportId,
            @Nullable String reason) {

        static Told of(GenerationRow row) {
            return new Told(row.state(), row.health(), row.alive(), row.reportId(), row.reason());
        }
    }

    @Override
    public List<LiveEvent> next() {
        var rows = generations.list(projection);
        if (rows.isEmpty()) {
            throw ProjectionController.unknown(projection);
        }
        var events = new ArrayList<LiveEvent>();
        for (GenerationRow row : rows) {
            if (isNews(row)) {
                events.add(event(row));
            }
        }
        return events;
    }

    private boolean isNews(GenerationRow row) {
        if (row.isGone()) {
            // The last word, for those who knew it.
            return told.remove(row.generation()) != null;
        }
        Told now = Told.of(row);
        boolean changed = !now.equals(told.put(row.generation(), now));
        return changed || row.isOnItsWay() || row.retiring();
    }

    private LiveEvent event(GenerationRow row) {
        Progress progress = row.progress(meter);
        var view =
                new ProgressView(
                        row.generation(),
                        row.purpose(),
                        row.state(),
                        row.step(),
                        row.health(),
                        row.alive(),
                        progress == null ? null : progress.done(),
                        progress == null ? null : progress.total(),
                        progress == null ? null : progress.perSecond(),
                        progress == null ? null : progress.etaSeconds(),
                        row.lagAgeMs(),
                        row.rateLimit(),
                        row.verification(),
                        row.reason());
        return new LiveEvent(EVENT, null, null, json.writeValueAsString(view), true);
    }
}
