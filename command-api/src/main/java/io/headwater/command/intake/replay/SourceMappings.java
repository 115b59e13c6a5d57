package io.headwater.command.intake.replay;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.events.access.MapSource;
import io.headwater.schema.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Stores the mapping of a source, as the admin API would.
@Component
final class SourceMappings {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FactLog log;
    private final CommandResults results;
    private final DirectoryProgress progress;
    private final AccessDirectory directory;
    private final Clock clock;

    SourceMappings(
            FactLog log,
            CommandResults results,
            DirectoryProgress progress,
            AccessDirectory directory,
            Clock clock) {
        this.log = log;
        this.results = results;
        this.progress = progress;
        this.directory = directory;
        this.clock = clock;
    }

    /// Returns once this instance reads by it. Done again with the same id it changes nothing.
    ///
    /// @return the source with the mapping in force
    /// @throws Refused when the source is gone, or somebody gave it another mapping since
    SourceConfig store(
            SourceConfig source, Map<String, String> mapping, String commandId, String actor) {
        if (source.mapping().equals(mapping)) {
            return source;
        }
        var expected = results.expect(commandId).copy();
        try {
            log.append(
                            new ProducerRecord<>(
                                    Topics.ACCESS_COMMANDS.name(),
                                    Topics.ACCESS_KEY,
                                    MapSource.newBuilder()
                                            .setCommandId(commandId)
                                            .setSiteId(source.siteId())
                                            .setSourceId(source.sourceId())
                                            .setMapping(mapping)
                                            .setActor(actor)
                                            .setRequestedAt(clock.instant())
                                            .build()))
                    .join();
            var result = expected.orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
            if (!result.getAccepted()) {
                throw new Refused(
                        Refused.Reason.RULE_VIOLATED,
                        String.valueOf(result.getCode()),
                        String.valueOf(result.getDetail()));
            }
            progress.seen(String.valueOf(result.getAggregateId()), result.getSequence())
                    .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException away) {
            throw new IllegalStateException("the mapping was not confirmed", away);
        } finally {
            results.forget(commandId);
        }
        return directory
                .source(source.sourceId())
                .filter(now -> now.mapping().equals(mapping))
                .orElseThrow(() ->
                        new Refused(
                                Refused.Reason.RULE_VIOLATED,
                                "mapped-meanwhile",
                                "Somebody gave the source another mapping since."));
    }
}
