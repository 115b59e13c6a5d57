package io.headwater.query.platform.live;

import java.util.Set;

/// Figures of which only the newest count. A feature offers them as a bean.
public interface LiveGauge {

    /// The projections whose notifications may mean other figures.
    Set<String> projections();

    /// The figures now.
    Reading read();

    /// @param figures equal when nothing worth telling changed
    record Reading(Object figures, LiveEvent event) {}
}
