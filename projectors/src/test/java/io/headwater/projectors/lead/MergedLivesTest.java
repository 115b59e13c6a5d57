package io.headwater.projectors.lead;

import static io.headwater.projectors.lead.RandomLife.LEADS;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.projectors.lead.RandomLife.Told;
import io.headwater.schema.SampleLife;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Merging moves what a lead has, undoing it moves it back, whatever happened before, between and
/// after, and in whatever order it was told.
class MergedLivesTest {

    private static final int FACTS = 40;

    /// As they are while merges stand and while facts come late, beside the rows themselves.
    private static final String HISTORY =
            "\"(src_offset|captured_offset|version|event_id)\": (\"[^\"]*\"|\\d+)";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsGivenBackIsAsIfItHadNeverBeenMerged(long seed) {
        var random = new Random(seed);
        var life = new RandomLife(random);
        var history = life.facts(FACTS);
        history.add(random.nextInt(history.size()), life.reopened());
        history.add(random.nextInt(history.size()), life.reopened());
        var events = events(history);
        // the third into the second, that into the first; undone in reverse order, sometimes twice
        var withMerges =
                atRandomPlaces(
                        random,
                        events,
                        List.of(
                                life.merge(2, 1),
                                life.merge(1, 0),
                                life.unmerge(1, 0),
                                life.merge(1, 0),
                                life.unmerge(1, 0),
                                life.unmerge(2, 1)));

        assertThat(rows(withMerges)).isEqualTo(rows(events));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void leadHasWithThoseItStandsForWhatOneLeadWouldHave(long seed) {
        var random = new Random(seed);
        var life = new RandomLife(random);
        var history = life.facts(FACTS);
        var merged =
                atRandomPlaces(
                        random, events(history), List.of(life.merge(2, 1), life.merge(1, 0)));
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        var one = shuffled.stream().map(told -> told.event().apply(LEADS.getFirst())).toList();

        try (var views = played(merged);
                var single = played(one)) {
            var survivor = LEADS.getFirst();
            assertThat(money(views, survivor)).isEqualTo(money(single, survivor));
            assertThat(appointments(views, survivor)).isEqualTo(appointments(single, survivor));
            assertThat(counted(views.lead(survivor))).isEqualTo(counted(single.lead(survivor)));
            assertThat(views.lead(survivor).getSubmissions()).isEqualTo(LEADS.size());
        }
    }

    private static List<SpecificRecord> events(List<Told> history) {
        return history.stream().map(Told::toItsLead).toList();
    }

    private static List<SpecificRecord> atRandomPlaces(
            Random random, List<SpecificRecord> events, List<List<SpecificRecord>> more) {
        var places = new ArrayList<Integer>();
        more.forEach(_ -> places.add(random.nextInt(events.size() + 1)));
        Collections.sort(places);
        var all = new ArrayList<>(events);
        for (int i = more.size() - 1; i >= 0; i--) {
            all.addAll(places.get(i), more.get(i));
        }
        return all;
    }

    private LeadViews played(List<SpecificRecord> events) {
        var views = new LeadViews(folder);
        LEADS.forEach(lead -> views.send(captured(lead)));
        events.forEach(views::send);
        assertThat(views.deadLetters()).isZero();
        return views;
    }

    private Set<String> rows(List<SpecificRecord> events) {
        var rows = new TreeSet<String>();
        try (var views = played(events)) {
            for (String lead : LEADS) {
                rows.add(text(views.lead(lead)));
                rows.addAll(money(views, lead));
                rows.addAll(appointments(views, lead));
                views.timeline(lead).stream()
                        .filter(line ->
                                !Set.of("merged", "absorbed", "unmerged", "gave_back")
                                        .contains(line.getKind()))
                        .forEach(line -> rows.add(text(line)));
            }
        }
        return rows;
    }

    /// A currency that is over is a row of zeros.
    private static Set<String> money(LeadViews views, String lead) {
        return views.all(LeadMoneyRow.class).stream()
                .filter(row -> row.getLeadId().equals(lead))
                .filter(MergedLivesTest::isWorthTelling)
                .map(MergedLivesTest::text)
                .collect(Collectors.toSet());
    }

    private static boolean isWorthTelling(LeadMoneyRow row) {
        return row.getQuotedMinor() != null
                || row.getWonMinor() != null
                || row.getPaidMinor() != 0
                || row.getRefundedMinor() != 0
                || row.getRefundedByHandMinor() != 0
                || row.getDisputedMinor() != 0
                || row.getDisputesLostMinor() != 0
                || row.getRevenueMinor() != 0;
    }

    private static Set<String> appointments(LeadViews views, String lead) {
        return views.all(LeadAppointmentRow.class).stream()
                .filter(row -> row.getLeadId().equals(lead) && row.getCounts())
                .map(MergedLivesTest::text)
                .collect(Collectors.toSet());
    }

    private static List<Object> counted(LeadRow row) {
        return List.of(
                row.getFacts(),
                row.getQuotes(),
                row.getContactAttempts(),
                row.getAppointments(),
                String.valueOf(row.getFirstContactAt()),
                String.valueOf(row.getFirstReachedAt()),
                String.valueOf(row.getQuotedAt()),
                String.valueOf(row.getAppointmentRef()),
                String.valueOf(row.getAppointmentStatus()),
                String.valueOf(row.getAppointmentStartsAt()),
                String.valueOf(row.getShownAt()));
    }

    private static String text(SpecificRecord row) {
        return row.toString().replaceAll(HISTORY, "");
    }

    private static LeadCaptured captured(String lead) {
        return LeadCaptured.newBuilder(
                        leadCaptured(lead, submission().setSubmissionId("of-" + lead).build()))
                .setMeta(SampleLife.meta(lead, 1))
                .build();
    }
}
