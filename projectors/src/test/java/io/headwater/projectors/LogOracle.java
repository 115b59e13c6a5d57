package io.headwater.projectors;

import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.projectors.History.Sent;
import io.headwater.views.LeadRow;
import io.headwater.views.PageViewsRow;
import io.headwater.views.TrafficRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/// What rows must say of a log, counted from the log by itself: it uses nothing of the folds.
final class LogOracle {

    private final Map<String, Long> traffic = new HashMap<>();
    private final Map<String, Long> pages = new TreeMap<>();
    private final Map<String, String> stages = new HashMap<>();

    LogOracle(List<Sent> log) {
        Set<String> sessions = new HashSet<>();
        for (Sent one : log) {
            switch (one.event()) {
                case LeadStageChanged moved -> stages.put(moved.getLeadId(), moved.getToStage());
                case EventsTracked tracked -> tracked.getEvents().forEach(this::count);
                default -> {}
            }
            if (one.event().getSchema().getNamespace().endsWith("tracking")
                    && sessions.add(one.key())) {
                traffic.merge("sessions", 1L, Long::sum);
            }
        }
    }

    /// @return what differs in rows of traffic; empty when nothing does
    Map<String, String> faultsOfTraffic(Collection<SpecificRecord> rows) {
        Map<String, Long> found = new HashMap<>();
        Map<String, Long> foundPages = new TreeMap<>();
        for (SpecificRecord one : rows) {
            switch (one) {
                case TrafficRow row -> {
                    found.merge("sessions", row.getSessions(), Long::sum);
                    found.merge("events", row.getEvents(), Long::sum);
                    found.merge("clicks", row.getClicks(), Long::sum);
                }
                case PageViewsRow row -> foundPages.merge(row.getPage(), row.getViews(), Long::sum);
                default -> throw new IllegalArgumentException(one.getSchema().getName());
            }
        }
        Map<String, String> faults = new TreeMap<>();
        compare(faults, "traffic", traffic, found);
        compare(faults, "pages", pages, foundPages);
        return faults;
    }

    /// @return what differs in the stages of leads; empty when nothing does
    Map<String, String> faultsOfStages(Collection<SpecificRecord> rows) {
        Map<String, String> found = new HashMap<>();
        for (SpecificRecord one : rows) {
            if (one instanceof LeadRow row) {
                found.put(row.getLeadId(), row.getStatus());
            }
        }
        Map<String, String> faults = new TreeMap<>();
        compare(faults, "stages", stages, found);
        return faults;
    }

    private void count(TrackedEvent event) {
        traffic.merge("events", 1L, Long::sum);
        if (event.getType().equals("click")) {
            traffic.merge("clicks", 1L, Long::sum);
        }
        if (event.getType().equals("page_view")) {
            pages.merge(event.getPage(), 1L, Long::sum);
        }
    }

    private static <V> void compare(
            Map<String, String> faults,
            String kind,
            Map<String, V> expected,
            Map<String, V> found) {
        if (!expected.equals(found)) {
            faults.put(kind, expected + " expected, " + found + " found");
        }
    }
}
