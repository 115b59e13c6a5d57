package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Picks keys of a live generation at random: always the same ones with the same seed, as long as
/// the tables have the same keys.
@Component
class SampledKeys {

    private final JdbcClient jdbc;

    SampledKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param count at most
    /// @return in the order of picking; fewer when there are not that many
    List<String> of(LiveGenerations.Live live, int count, long seed) {
        var row = SpecificData.get().getSchema(live.projection().keys());
        String column = RowKey.columns(row).getFirst();
        // Names are those of our own schemas.
        return jdbc.sql(
                        """
                        select %1$s
                        from %2$s.%3$s
                        order by hashtextextended(%1$s, :seed), %1$s
                        limit :count\
                        """
                                .formatted(column, live.generation().schema(), RowKey.table(row)))
                .param("seed", seed)
                .param("count", count)
                .query((found, number) -> found.getString(1))
                .list();
    }
}
