package io.headwater.query.analytics;

import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How many leads and submissions came, when and from where?
@Component
class VolumeQuery {
    private static final String SUMS =
            """
            coalesce(sum(submissions), 0) as submissions, coalesce(sum(accepted), 0) as accepted,
            coalesce(sum(duplicate), 0) as duplicate, coalesce(sum(blocked), 0) as blocked,
            coalesce(sum(test), 0) as test, coalesce(sum(refused), 0) as refused,
            coalesce(sum(quarantined), 0) as quarantined, coalesce(sum(leads), 0) as leads
            """;

    private final JdbcClient jdbc;

    VolumeQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// submissions = accepted + duplicate + blocked + test + refused + quarantined
    record Outcomes(
            long submissions,
            long accepted,
            long duplicate,
            long blocked,
            long test,
            long refused,
            long quarantined,
            long leads) {}

    /// @param number of the bucket, from 1
    record Slice(
            int number,
            String key,
            long submissions,
            long accepted,
            long duplicate,
            long blocked,
            long test,
            long refused,
            long quarantined,
            long leads) {

        Outcomes outcomes() {
            return new Outcomes(
                    submissions, accepted, duplicate, blocked, test, refused, quarantined, leads);
        }
    }

    record SourceVolume(String source, long submissions, long leads) {}

    Outcomes total() {
        return jdbc.sql("select " + SUMS + "from read.lead_volume_15m")
                .query(Rows.of(Outcomes.class))
                .single();
    }

    /// Buckets with submissions, in order.
    ///
    /// @param edges first moments of the buckets
    List<Slice> volume(
            List<Instant> edges, Instant from, Instant to, VolumeKey by, @Nullable String site) {
        var params = new HashMap<String, Object>();
        params.put("edges", LocalDays.sqlArray(edges));
        params.put("from", Instants.sql(from));
        params.put("to", Instants.sql(to));
        String ofSite = "";
        if (site != null && !site.isBlank()) {
            ofSite = "and site_id = :site\n";
            params.put("site", site.strip());
        }
        return jdbc.sql(
                        """
                        select width_bucket(bucket, cast(:edges as timestamptz[])) as number,
                               %s as key,
                               %sfrom read.lead_volume_15m
                        where bucket >= :from
                          and bucket < :to
                        %sgroup by 1, 2
                        order by 1, submissions desc, 2
                        """
                                .formatted(by.expression(), SUMS, ofSite))
                .params(params)
                .query(Rows.of(Slice.class))
                .list();
    }

    List<SourceVolume> bySource() {
        return jdbc.sql(
                        """
                        select source, sum(submissions) as submissions, sum(leads) as leads
                        from read.lead_volume_15m
                        group by source
                        order by submissions desc, source
                        """)
                .query(Rows.of(SourceVolume.class))
                .list();
    }

    record Day(LocalDate date, Outcomes outcomes) {}

    List<Day> daily(LocalDays days) {
        return volume(days.edges(), days.edges().getFirst(), days.end(), VolumeKey.NONE, null)
                .stream()
                .map(slice -> new Day(days.date(slice.number()), slice.outcomes()))
                .toList();
    }
}
