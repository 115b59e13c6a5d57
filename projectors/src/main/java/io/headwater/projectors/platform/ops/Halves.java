package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.bulk.Backfills;
import io.headwater.projectors.platform.sink.ViewSink;
import io.headwater.projectors.platform.streams.FoldApp;
import io.headwater.projectors.platform.streams.FoldSettings;
import io.headwater.projectors.platform.streams.GenerationTopics;
import io.headwater.projectors.platform.streams.LostOffsets;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.StoreMemory;
import io.headwater.vault.PersonalKeys;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/// Starts the two halves of a generation, fold and sink, and before them its backfill.
@Component
class Halves {

    private static final Logger log = LoggerFactory.getLogger(Halves.class);

    private final ProjectorSettings settings;
    private final SchemaIds ids;
    private final PersonalKeys personal;
    private final StoreMemory memory;
    private final Admin admin;
    private final Migrations migrations;
    private final Backfills backfills;
    private final Floods floods;
    private final LostOffsets lostOffsets;

    Halves(
            ProjectorSettings settings,
            SchemaIds ids,
            PersonalKeys personal,
            StoreMemory memory,
            Admin admin,
            Migrations migrations,
            Backfills backfills,
            Floods floods) {
        this.settings = settings;
        this.ids = ids;
        this.personal = personal;
        this.memory = memory;
        this.admin = admin;
        this.migrations = migrations;
        this.backfills = backfills;
        this.floods = floods;
        lostOffsets = new LostOffsets(admin, settings.kafka().brokers());
    }

    /// Until its first rows are there, a generation has neither fold nor sink.
    ///
    /// @param over told when its backfill has nothing more to do
    void follow(RunningProjection one, WantedGenerations.Wanted wanted, Runnable over) {
        if (wanted.bulk() && !one.hasBackfill()) {
            one.start(
                    backfills.begin(
                            one.projection(),
                            one.generation(),
                            wanted.archive(),
                            one.gate()::recordsPerSecond,
                            () -> migrations.generation(one.projection(), one.generation()),
                            over));
        } else if (!wanted.bulk() && one.hasBackfill()) {
            one.endBackfill();
        }
    }

    void startFold(RunningProjection one) throws InterruptedException, ExecutionException {
        var replication = settings.streams().replicationFactor();
        GenerationTopics.provide(admin, one.projection(), one.generation(), replication);
        if (lostOffsets.of(one.projection(), one.generation())) {
            refuse(one);
            return;
        }
        var config = FoldSettings.of(settings, one.generation(), memory);
        var flood = floods.of(one.generation(), one::stopsOnFlood);
        DeadLetters.limit(config, flood);
        one.start(FoldApp.of(one.projection(), one.generation(), ids, config, one.gate()), flood);
    }

    /// For good: the state is right as it is, and reading everything on top of it makes it wrong.
    private static void refuse(RunningProjection one) {
        String application = one.generation().applicationId();
        String reason =
                "committed offsets are gone and the state is not, so every event would count twice;"
                        + " stop all instances, delete the state folder and the topics "
                        + application
                        + "-*-changelog, start again: all events are read into an empty state";
        one.refuse(reason);
        log.atError()
                .addKeyValue("projection", one.generation())
                .addKeyValue("reason", reason)
                .log("fold refused");
    }

    void startSink(RunningProjection one) {
        migrations.generation(one.projection(), one.generation());
        one.start(
                new ViewSink(
                        one.projection(),
                        one.generation(),
                        settings,
                        ids,
                        personal,
                        one::stopsOnPoison));
    }

    void deleteState(Generation generation) {
        try {
            FileSystemUtils.deleteRecursively(
                    settings.stateDir().resolve(generation.applicationId()));
        } catch (IOException unable) {
            // Its name is never used again: what is left takes room and does no harm.
            log.atWarn()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", unable.getMessage())
                    .log("local state stays");
        }
    }
}
