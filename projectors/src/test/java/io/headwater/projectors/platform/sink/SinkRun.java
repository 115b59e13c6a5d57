package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.sink.MeddledConnection.Commit;
import io.headwater.schema.Topics;
import java.sql.SQLException;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The records of one view partition on their way into the tables, in batches of one size. On the
/// way a commit is lost, the answer to another one is lost, the sink is restarted, and a former
/// owner wakes up and writes what another has written since: each time at a batch that is under
/// way.
final class SinkRun {

    private static final int ZOMBIE_SLEEPS = 2;

    private final Generation generation;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final int size;
    private final Sabotage sabotage;
    private final int batches;
    private Owner owner;
    private int refused;

    /// A writer with what it has claimed.
    private final class Owner {

        private final MeddledConnection meddled;
        private final SinkWriter writer;
        private Claim claim;

        Owner() throws SQLException {
            meddled = new MeddledConnection(SinkTables.connect());
            meddled.rewrite(sabotage::sql);
            List<Class<? extends SpecificRecord>> rows =
                    Topics.view(generation.projection(), generation.number()).records();
            writer = new SinkWriter(meddled.connection(), generation, rows, "test");
            claim = writer.claim(generation.viewTopic(), 0, 0);
        }

        int number() {
            return (int) (claim.next() / size);
        }

        void write() throws SQLException, FencedException {
            int from = (int) claim.next();
            int to = Math.min(records.size(), from + size);
            int number = number();
            var told = sabotage.instead(records.subList(from, to));
            if (sabotage.commitsPositionFirst(number)) {
                meddled.commitPositionFirst();
            }
            write(told, to);
            if (sabotage.doubles(number)) {
                write(told, to);
            }
        }

        private void write(List<ConsumerRecord<byte[], byte[]>> told, int to)
                throws SQLException, FencedException {
            var batch = SinkTables.batch(generation, told.toArray(ConsumerRecord<?, ?>[]::new));
            writer.write(batch, List.of(batch.move(claim, to, records.size())));
            claim = claim.at(to);
        }
    }

    private SinkRun(
            Generation generation,
            List<ConsumerRecord<byte[], byte[]>> records,
            int size,
            Sabotage sabotage)
            throws SQLException {
        this.generation = generation;
        this.records = records;
        this.size = size;
        this.sabotage = sabotage;
        batches = (records.size() + size - 1) / size;
        owner = new Owner();
    }

    /// @param size records in a batch
    /// @return writes of former owners that were refused
    static int of(
            Generation generation,
            List<ConsumerRecord<byte[], byte[]>> records,
            int size,
            Sabotage sabotage)
            throws SQLException {
        var run = new SinkRun(generation, records, size, sabotage);
        run.all();
        run.owner.writer.close();
        return run.refused;
    }

    private void all() throws SQLException {
        until(batches / 5);
        commit(Commit.IS_LOST);
        until(2 * batches / 5);
        commit(Commit.ANSWER_IS_LOST);
        until(3 * batches / 5);
        restart();
        until(4 * batches / 5);
        wakeZombie();
        until(batches);
    }

    private void commit(Commit how) throws SQLException {
        owner.meddled.next(how);
        until(owner.number() + 1);
    }

    /// Until that batch is due.
    private void until(int number) throws SQLException {
        while (owner.claim.next() < records.size() && owner.number() < number) {
            try {
                owner.write();
            } catch (SQLException broken) {
                // As the sink does: whether the commit arrived is read, not guessed.
                restart();
            } catch (FencedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    }

    private void restart() throws SQLException {
        owner.writer.close();
        owner = new Owner();
    }

    private void wakeZombie() throws SQLException {
        var zombie = owner;
        if (zombie.claim.next() == records.size()) {
            // All in one batch: it sleeps on that one.
            zombie.claim = new Claim(generation.viewTopic(), 0, zombie.claim.epoch(), 0);
        }
        owner = new Owner();
        until(owner.number() + ZOMBIE_SLEEPS);
        try {
            zombie.write();
        } catch (FencedException fenced) {
            refused++;
        } finally {
            zombie.writer.close();
        }
    }
}
