package io.headwater.projectors.platform.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// What differs between two generations is found and named, among a million rows too.
class ComparisonIT {

    private static final Generation LIVE = new Generation("compared", 1);
    private static final Generation CANDIDATE = new Generation("compared", 2);

    private Connection connection;
    private JdbcClient jdbc;

    @BeforeEach
    void tables() throws SQLException {
        Backends backends = TestBackends.shared(Backend.POSTGRES);
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl());
        source.setUser(backends.jdbcUser());
        connection = source.getConnection();
        jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        for (var generation : List.of(LIVE, CANDIDATE)) {
            jdbc.sql("drop schema if exists " + generation.schema() + " cascade").update();
            jdbc.sql("create schema " + generation.schema()).update();
            jdbc.sql(
                            """
                            create unlogged table %s.visits (
                                site text not null, day timestamptz not null, visits bigint not null,
                                share double precision, tags text[], more jsonb,
                                primary key (site, day))\
                            """
                                    .formatted(generation.schema()))
                    .update();
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void oneChangedOneMissingAndOneDoubledRowAmongAMillionAreNamed() throws SQLException {
        // given
        fill(1_000_000);
        jdbc.sql("update compared_g2.visits set visits = visits + 1 where site = 'site-77'")
                .update();
        jdbc.sql("delete from compared_g2.visits where site = 'site-5000'").update();
        jdbc.sql(
                        """
                        insert into compared_g2.visits
                        select site || '-again', day, visits, share, tags, more
                        from compared_g2.visits where site = 'site-900000'\
                        """)
                .update();

        // when
        var tables = compare(Set.of());

        // then
        assertThat(tables)
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.equal()).isFalse();
                    assertThat(table.rows()).isEqualTo(new Report.Rows(1_000_000, 1_000_000));
                    assertThat(table.bucketsDiffering()).isBetween(1, 3);
                    assertThat(table.differences().total()).isEqualTo(3);
                    assertThat(table.differences().listed())
                            .containsExactlyInAnyOrder(
                                    new Report.Difference(
                                            "site-77|2026-01-01 00:01:17+00",
                                            "changed",
                                            List.of("visits")),
                                    new Report.Difference(
                                            "site-5000|2026-01-01 01:23:20+00",
                                            "only-live",
                                            List.of()),
                                    new Report.Difference(
                                            "site-900000-again|2026-01-11 10:00:00+00",
                                            "only-candidate",
                                            List.of()));
                });
    }

    @Test
    void equalTablesAreEqual() throws SQLException {
        fill(1_000);

        assertThat(compare(Set.of()))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.equal()).isTrue();
                    assertThat(table.bucketsDiffering()).isZero();
                    assertThat(table.rows()).isEqualTo(new Report.Rows(1_000, 1_000));
                    assertThat(table.differences()).isEqualTo(new Report.Differences(0, List.of()));
                });
    }

    @Test
    void twoChangesThatCancelOutInASumAreFound() throws SQLException {
        fill(1_000);
        jdbc.sql(
                        """
                        update compared_g2.visits set visits = case site when 'site-1' then 2 else 1 end
                        where site in ('site-1', 'site-2')\
                        """)
                .update();

        assertThat(compare(Set.of()))
                .singleElement()
                .extracting(table -> table.differences().total())
                .isEqualTo(2L);
    }

    @Test
    void whatIsExpectedToDifferMayDifferAndNothingElse() throws SQLException {
        fill(100);
        jdbc.sql("update compared_g2.visits set share = 0.5, tags = '{b}' where site = 'site-3'")
                .update();

        assertThat(compare(Set.of("visits.share")))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.ignoredColumns()).containsExactly("share");
                    assertThat(table.differences().listed())
                            .extracting(Report.Difference::columns)
                            .containsExactly(List.of("tags"));
                });
        assertThat(compare(Set.of("visits.share", "visits.tags")))
                .singleElement()
                .extracting(Report.Table::equal)
                .isEqualTo(true);
        assertThat(compare(Set.of("visits"))).isEmpty();
    }

    @Test
    void columnsAndTablesThatOneLacksDiffer() throws SQLException {
        fill(10);
        jdbc.sql("alter table compared_g2.visits add column bounces bigint").update();
        jdbc.sql("create table compared_g2.pages (page text primary key)").update();

        assertThat(compare(Set.of()))
                .extracting(Report.Table::table, Report.Table::equal)
                .containsExactly(tuple("pages", false), tuple("visits", false));
        assertThat(compare(Set.of("visits.bounces", "pages")))
                .extracting(Report.Table::equal)
                .containsExactly(true);
    }

    @Test
    void rowsWhoseTimeIsOverAreLeftOut() throws SQLException {
        fill(100);
        jdbc.sql("delete from compared_g1.visits where day < '2026-01-01 00:00:30+00'").update();

        assertThat(compare(Set.of())).extracting(Report.Table::equal).containsExactly(false);
        assertThat(
                        compare(
                                Set.of(),
                                Map.of(
                                        "visits",
                                        new Comparison.Expiring(
                                                "day", Instant.parse("2026-01-01T00:00:30Z")))))
                .extracting(Report.Table::equal)
                .containsExactly(true);
    }

    private void fill(int rows) {
        for (var generation : List.of(LIVE, CANDIDATE)) {
            jdbc.sql(
                            """
                            insert into %s.visits
                            select 'site-' || n, timestamptz '2026-01-01 00:00:00+00' + n * interval '1 second',
                                   n, n / 3.0, array['a', n::text], jsonb_build_object('n', n)
                            from generate_series(1, :rows) as n\
                            """
                                    .formatted(generation.schema()))
                    .param("rows", rows)
                    .update();
        }
    }

    private List<Report.Table> compare(Set<String> expected) throws SQLException {
        return compare(expected, Map.of());
    }

    private List<Report.Table> compare(
            Set<String> expected, Map<String, Comparison.Expiring> expiring) throws SQLException {
        jdbc.sql("set timezone = 'UTC'").update();
        return new Comparison(connection, LIVE, CANDIDATE, expected, expiring).tables();
    }
}
