package io.headwater.query.lead;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import io.headwater.query.platform.live.LiveEvent;
import io.headwater.query.platform.live.LiveFeed;
import io.headwater.query.platform.paging.Cursor;
import io.headwater.query.platform.time.Instants;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// New leads, each once, as they appear in the view.
///
/// Leads of different sites do not appear in the order of their creation, so each look reaches back
/// a little and leaves out what it has seen.
@Component
class LeadFeed implements LiveFeed {
    private static final String EVENT = "lead";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration REACH_BACK = Duration.ofSeconds(10);
    private static final int PAGE = 500;
    private static final String BEFORE_ALL_IDS = "";

    private final LeadQuery leads;
    private final JsonMapper json;
    private final Map<String, Instant> seen = new HashMap<>();
    private @Nullable Instant newest;

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
        Instant before = newest;
        boolean first = before == null;
        Instant last = before == null ? leads.newest().orElse(Instant.EPOCH) : before;
        List<LeadView> found = since(last.minus(REACH_BACK));
        var news = new ArrayList<LiveEvent>();
        for (LeadView lead : found) {
            if (seen.put(lead.leadId(), lead.createdAt()) == null && !first) {
                news.add(event(lead));
            }
            last = lead.createdAt().isAfter(last) ? lead.createdAt() : last;
        }
        newest = last;
        Instant forgotten = last.minus(REACH_BACK);
        seen.values().removeIf(createdAt -> createdAt.isBefore(forgotten));
        return news;
    }

    private List<LeadView> since(Instant start) {
        var all = new ArrayList<LeadView>();
        List<LeadView> page = leads.createdAfter(start, BEFORE_ALL_IDS, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            LeadView last = page.getLast();
            page =
                    page.size() < PAGE
                            ? List.of()
                            : leads.createdAfter(last.createdAt(), last.leadId(), PAGE);
        }
        return all;
    }

    @Override
    public List<LiveEvent> after(String lastEventId) {
        Cursor cursor = Cursor.decode(LAST_EVENT_ID, lastEventId);
        try {
            Instant at = Instants.check(LAST_EVENT_ID, Instant.parse(cursor.value()));
            return leads.createdAfter(at, cursor.id(), PAGE).stream().map(this::event).toList();
        } catch (DateTimeException e) {
            throw badParameter(LAST_EVENT_ID, "is not an id of this stream");
        }
    }

    private LiveEvent event(LeadView lead) {
        String id = new Cursor(EVENT, lead.createdAt().toString(), lead.leadId()).encode();
        return new LiveEvent(EVENT, id, json.writeValueAsString(lead), true);
    }
}
