package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.streams.Flood;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The circuits of folds, each knowing the letters of earlier runs: a restart is no way around it.
@Component
class Floods {

    private final FloodSettings settings;
    private final JdbcClient jdbc;

    Floods(FloodSettings settings, JdbcClient jdbc) {
        this.settings = settings;
        this.jdbc = jdbc;
    }

    Flood of(Generation generation, BooleanSupplier watched) {
        var flood = new Flood(settings.mostLetters(), settings.within(), watched);
        jdbc.sql(
                        """
                        select topic, part, "offset"
                        from (select topic, part, "offset",
                                     row_number() over (
                                         partition by topic, part order by "offset" desc) as back
                              from ops.dead_letter
                              where projection = :projection and generation = :generation) as letter
                        where back <= :most
                        order by topic, part, "offset"\
                        """)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("most", settings.mostLetters())
                .query((row, number) -> {
                    flood.known(
                            new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                    return number;
                })
                .list();
        return flood;
    }
}
