package io.headwater.query.platform.live;

import java.util.List;
import java.util.Set;

/// New things of one kind, each told once. A feature offers one as a bean.
public interface LiveFeed {

    /// The projections whose notifications may mean news.
    Set<String> projections();

    /// What came since the last call; the first call finds nothing. Called by one thread; after an
    /// exception the next call tells it all.
    List<LiveEvent> news();

    /// What came after this event, in order, some of it; empty at the end.
    ///
    /// @param lastEventId from a client; 400 when it is none of ours
    List<LiveEvent> after(String lastEventId);
}
