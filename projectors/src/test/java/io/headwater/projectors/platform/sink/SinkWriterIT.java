package io.headwater.projectors.platform.sink;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.projectors.TestPersonal;
import io.headwater.views.SessionRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// One transaction of the sink against a real Postgres: guard, rows, accounting.
class SinkWriterIT extends SinkTables {

    @Test
    void zombieWritesNothingAndIsCounted() throws Exception {
        // given
        var zombie = writer(sessions, SessionRow.class);
        Claim old = zombie.claim(sessions.viewTopic(), 0, 0);
        var owner = writer(sessions, SessionRow.class);
        Claim mine = owner.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1), row("b", 1));

        // when
        assertThatThrownBy(() -> zombie.write(batch, List.of(batch.move(old, 2, 2))))
                .isInstanceOf(FencedException.class);
        owner.write(batch, List.of(batch.move(mine, 2, 2)));

        // then
        assertThat(mine.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(count()).isEqualTo(2);
        assertThat(position())
                .containsEntry("next_offset", 2L)
                .containsEntry("read", 2L)
                .containsEntry("applied", 2L)
                .containsEntry("fenced", 1L);
    }

    @Test
    void sameBatchTwiceIsRefusedTheSecondTime() throws Exception {
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1));
        writer.write(batch, List.of(batch.move(claim, 1, 1)));

        assertThatThrownBy(() -> writer.write(batch, List.of(batch.move(claim, 1, 1))))
                .isInstanceOf(FencedException.class);
        assertThat(position()).containsEntry("applied", 1L);
    }

    @Test
    void newestRecordOfAKeyWinsAndATombstoneDeletes() throws Exception {
        // given
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var first = batch(sessions, row("a", 1), row("b", 1), row("a", 2));

        // when
        writer.write(first, List.of(first.move(claim, 3, 3)));
        var second = batch(sessions, row("b", 9), tombstone("a"));
        writer.write(second, List.of(second.move(claim.at(3), 5, 5)));

        // then
        assertThat(
                        jdbc.sql(
                                        "select session_id, clicks from "
                                                + sessions.schema()
                                                + ".sessions")
                                .query()
                                .listOfRows())
                .containsExactly(Map.of("session_id", "b", "clicks", 9));
        assertThat(position()).containsEntry("read", 5L).containsEntry("applied", 5L);
    }

    @Test
    void poisonIsParkedWithWhatFollowsOnItsKey() throws Exception {
        // given
        jdbc.sql("alter table " + sessions.schema() + ".sessions add check (clicks < 100)")
                .update();
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < 500; i++) {
            records.add(row("s" + i, i == 77 || i == 401 ? 100 : 1));
        }
        var first = batch(sessions, records.toArray(ConsumerRecord[]::new));

        // when
        var poison = writer.write(first, List.of(first.move(claim, 500, 500)));
        Set<String> keys = new HashSet<>();
        poison.forEach(parked -> keys.add(parked.key()));
        var second = batch(sessions, keys, row("s77", 1), row("s78", 2), undecodable("s79"));
        writer.write(second, List.of(second.move(claim.at(500), 503, 503)));

        // then
        assertThat(keys).containsExactlyInAnyOrder("sessions|s77", "sessions|s401");
        assertThat(writer.parkedKeys())
                .containsExactlyInAnyOrder("sessions|s77", "sessions|s401", "sessions|s79");
        assertThat(count()).isEqualTo(498);
        assertThat(position())
                .containsEntry("read", 503L)
                .containsEntry("applied", 499L)
                .containsEntry("parked", 4L);
    }

    @Test
    void keyTooLongForAnIndexIsParked() throws Exception {
        // given: more than an index entry holds, and not compressible
        var random = new Random(7);
        String id = random.ints(6_000, 'a', 'z').mapToObj(Character::toString).collect(joining());
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1), row(id, 1), row("b", 1));

        // when
        var poison = writer.write(batch, List.of(batch.move(claim, 3, 3)));

        // then
        assertThat(poison).extracting(Parking.Parked::state).containsExactly("54000");
        assertThat(writer.parkedKeys()).containsExactly("sessions|" + id);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void recordThatCannotBeParkedIsNotTriedForEver() throws Exception {
        // given
        jdbc.sql("alter table " + sessions.schema() + ".sessions add check (clicks < 100)")
                .update();
        jdbc.sql(
                        "alter table ops.parked add constraint no_room check (row_key <> 'sessions|unparkable')")
                .update();
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("unparkable", 100));

        // when
        try {
            assertThatThrownBy(() -> writer.write(batch, List.of(batch.move(claim, 1, 1))))
                    .isInstanceOf(UnparkableException.class)
                    .hasMessageContaining("23514");
        } finally {
            writer.close();
            jdbc.sql("alter table ops.parked drop constraint no_room").update();
        }

        // then
        assertThat(position()).containsEntry("next_offset", 0L);
    }

    @Test
    void whatIsParkedIsWrittenWhenTheTableTakesIt() throws Exception {
        // given
        var check = " sessions_clicks check (clicks < 100)";
        alter("add constraint" + check);
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var first = batch(sessions, row("known", 1), row("new", 100), row("bad", 100));
        writer.write(first, List.of(first.move(claim, 3, 3)));
        var behind =
                batch(
                        sessions,
                        Set.of("sessions|new", "sessions|bad"),
                        row("new", 7),
                        row("known", 200),
                        undecodable("broken"));
        writer.write(behind, List.of(behind.move(claim.at(3), 6, 6)));
        assertThat(position()).containsEntry("parked", 5L).containsEntry("applied", 1L);

        // when: of the newest record of a key the row is made
        var still = writer.drain(new Move(claim.at(6), 6, 6, 0, 0, 0), SERDE, TestPersonal.CLEAR);
        alter("drop constraint sessions_clicks");
        var then = writer.drain(new Move(claim.at(6), 6, 6, 0, 0, 0), SERDE, TestPersonal.CLEAR);

        // then
        assertThat(still).containsExactly("sessions|new");
        assertThat(then).containsExactlyInAnyOrder("sessions|bad", "sessions|known");
        assertThat(writer.parkedKeys()).containsExactly("sessions|broken");
        assertThat(
                        jdbc.sql(
                                        "select row_key, fresh from ops.drained where generation = ? order by id")
                                .param(sessions.number())
                                .query((row, _) -> row.getString(1) + " " + row.getBoolean(2))
                                .list())
                .containsExactly("sessions|new true", "sessions|bad true", "sessions|known false");
        assertThat(position())
                .containsEntry("next_offset", 6L)
                .containsEntry("read", 6L)
                .containsEntry("applied", 5L)
                .containsEntry("parked", 1L);
    }

    @Test
    void zombieDrainsNothing() throws Exception {
        var zombie = writer(sessions, SessionRow.class);
        Claim old = zombie.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, undecodable("a"));
        zombie.write(batch, List.of(batch.move(old, 1, 1)));
        writer(sessions, SessionRow.class).claim(sessions.viewTopic(), 0, 0);

        assertThatThrownBy(() ->
                        zombie.drain(new Move(old.at(1), 1, 1, 0, 0, 0), SERDE, TestPersonal.CLEAR))
                .isInstanceOf(FencedException.class);
        assertThat(position()).containsEntry("parked", 1L).containsEntry("fenced", 1L);
    }

    private void alter(String what) {
        jdbc.sql("alter table " + sessions.schema() + ".sessions " + what).update();
    }
}
