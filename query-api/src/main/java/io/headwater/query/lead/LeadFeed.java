package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.live.LiveEvent;
import io.headwater.query.platform.live.LiveFeed;
import io.headwater.query.platform.paging.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// New leads, each once, as they appear in the view: by the order of their capture in each
/// partition, never by their times, which a partition that is behind makes look old. One whose row
/// was parked comes when it is drained.
@Component
class LeadFeed implements LiveFeed {
    private static final String EVENT = "lead";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int PAGE = 500;

    private final LeadQuery leads;
    private final JsonMapper json;
    private @Nullable LeadMarks told;

    LeadFeed(LeadQuery leads, JsonMapper json) {
        this.leads = leads;
        this.json = json;
    }

    @Override
    public Set<String> projections() {
        return Set.of("leads");
    }

    @Override
    public List<LiveEvent> news() {
        LeadMarks before = told;
        if (before == null) {
            told = LeadMarks.of(newest());
            return List.of();
        }
        var news = new ArrayList<LiveEvent>();
        LeadMarks now = tell(before, Integer.MAX_VALUE, news);
        told = now;
        return news;
    }

    @Override
    public List<LiveEvent> after(String lastEventId) {
        Cursor cursor = Cursor.decode(LAST_EVENT_ID, lastEventId);
        var events = new ArrayList<LiveEvent>();
        try {
            tell(LeadMarks.parse(cursor.value()), PAGE, events);
        } catch (IllegalArgumentException e) {
            throw badParameter(LAST_EVENT_ID, "is not an id of this stream");
        }
        return events;
    }

    /// Adds what was captured after the marks, partition by partition.
    ///
    /// @param most events to add
    /// @return the marks after them
    private LeadMarks tell(LeadMarks from, int most, List<LiveEvent> events) {
        LeadMarks marks = from;
        for (Map.Entry<Integer, Long> newest : newest().entrySet()) {
            int partition = newest.getKey();
            while (marks.after(partition) < newest.getValue() && events.size() < most) {
                List<LeadQuery.Captured> page =
                        page(
                                partition,
                                marks.after(partition),
                                Math.min(PAGE, most - events.size()));
                for (LeadQuery.Captured captured : page) {
                    marks = marks.with(partition, captured.offset());
                    events.add(event(captured.lead(), marks));
                }
                if (page.isEmpty()) {
                    // Gone since: a generation was switched.
                    marks = marks.with(partition, newest.getValue());
                }
            }
        }
        return marks;
    }

    private Map<Integer, Long> newest() {
        var newest = new TreeMap<>(leads.newestCaptures());
        newest.put(LeadMarks.LATE, leads.newestLate());
        return newest;
    }

    private List<LeadQuery.Captured> page(int partition, long after, int limit) {
        return partition == LeadMarks.LATE
                ? leads.lateAfter(after, limit)
                : leads.capturedAfter(partition, after, limit);
    }

    private LiveEvent event(LeadItem lead, LeadMarks marks) {
        String id = new Cursor(EVENT, marks.text(), lead.leadId()).encode();
        return new LiveEvent(EVENT, id, lead.leadId(), json.writeValueAsString(lead), true);
    }
}
