package io.headwater.projectors.platform.bulk;

import io.headwater.archive.log.KafkaLog;
import io.headwater.archive.log.SourceLog;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.PersonalKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes the first rows of generations in this instance, one generation at a time.
@Component
public class Backfills {

    private static final Logger log = LoggerFactory.getLogger(Backfills.class);
    private static final String OPTIONS =
            String.join(
                    " ",
                    "-c lock_timeout=10s",
                    // What dies with the server is made anew; the last step waits for the disk.
                    "-c synchronous_commit=off",
                    "-c jit=off");

    private final ProjectorSettings settings;
    private final BulkSettings bulk;
    private final SchemaIds ids;
    private final PersonalKeys personal;
    private final Admin admin;
    private final KnownLetters known;
    private final Archive archive;
    private final Semaphore turn = new Semaphore(1, true);
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    Backfills(
            ProjectorSettings settings,
            BulkSettings bulk,
            SchemaIds ids,
            PersonalKeys personal,
            Admin admin,
            KnownLetters known,
            Archive archive) {
        this.archive = archive;
        this.known = known;
        this.settings = settings;
        this.bulk = bulk;
        this.ids = ids;
        this.personal = personal;
        this.admin = admin;
        source.setUrl(settings.postgres().url());
        source.setUser(settings.postgres().user());
        source.setPassword(settings.postgres().password());
        source.setOptions(OPTIONS);
        source.setApplicationName("headwater-backfill");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(5);
        sweep(BoundedStores.folder(settings.stateDir()));
    }

    private static void sweep(Path folder) {
        try {
            BoundedStores.sweep(folder);
        } catch (IOException stays) {
            // Takes room and does no harm.
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", stays.getMessage())
                    .log("what a dead process left stays");
        }
    }

    /// @param fromArchive as far as it goes, and from the topics then
    /// @param limit records per second that may be read; 0: not limited
    /// @param makeTables of the generation, as its migrations say
    /// @param over told when there is nothing more to do
    public RunningBackfill begin(
            Projection projection,
            Generation generation,
            boolean fromArchive,
            IntSupplier limit,
            Runnable makeTables,
            Runnable over) {
        ReadQuota.set(admin, clientId(), bulk.readBytes());
        var with =
                new Backfill.Surroundings(
                        settings,
                        bulk,
                        ids,
                        personal,
                        admin,
                        log(fromArchive),
                        known,
                        limit,
                        makeTables);
        var running =
                new RunningBackfill(
                        projection, generation, with, source::getConnection, turn, over);
        running.start();
        return running;
    }

    /// First offsets that there are to read, by partition of the topics.
    ///
    /// @param fromArchive as for [#begin]
    /// @throws ExecutionException when Kafka or the archive is away
    public Map<TopicPartition, Long> firsts(Collection<String> topics, boolean fromArchive)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        try {
            log(fromArchive)
                    .ranges(topics)
                    .forEach((partition, range) -> firsts.put(partition, range.first()));
        } catch (KafkaException unreadable) {
            throw new ExecutionException(unreadable);
        }
        return firsts;
    }

    private String clientId() {
        return "backfill-" + settings.instance();
    }

    private SourceLog log(boolean fromArchive) {
        var topics = new KafkaLog(admin, settings.kafka().brokers(), clientId());
        return fromArchive ? archive.before(topics) : topics;
    }
}
