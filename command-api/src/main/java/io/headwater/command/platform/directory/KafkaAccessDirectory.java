package io.headwater.command.platform.directory;

import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.kafka.TopicFollower;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Follows `access.events.v1` from its beginning; look-ups read one immutable fold.
@Component
final class KafkaAccessDirectory
        implements AccessDirectory, SourceDirectory, DirectoryProgress, SmartLifecycle {

    private record Awaited(String siteId, long version, CompletableFuture<Void> seen) {}

    private final Clock clock;
    private final KafkaSettings kafka;
    private final AvroSerde<SpecificRecord> serde;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Map<Awaited, Boolean> awaited = new ConcurrentHashMap<>();
    private volatile AccessFold fold = AccessFold.EMPTY;
    private volatile @Nullable TopicFollower follower;

    KafkaAccessDirectory(KafkaSettings kafka, AvroSerde<SpecificRecord> serde, Clock clock) {
        this.clock = clock;
        this.kafka = kafka;
        this.serde = serde;
    }

    void apply(SpecificRecord event) {
        fold = fold.apply(event);
        awaited.keySet().removeIf(this::answered);
    }

    private boolean answered(Awaited one) {
        boolean reached = fold.versions().getOrDefault(one.siteId(), 0L) >= one.version();
        if (reached) {
            one.seen().complete(null);
        }
        return reached || one.seen().isDone();
    }

    @Override
    public CompletableFuture<Void> seen(String siteId, long version) {
        var one = new Awaited(siteId, version, new CompletableFuture<>());
        awaited.put(one, true);
        if (answered(one)) {
            awaited.remove(one);
        }
        return one.seen();
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    @Override
    public boolean ready() {
        var current = follower;
        return current != null && caughtUp.isDone();
    }

    @Override
    public Optional<SiteConfig> siteById(String siteId) {
        return Optional.ofNullable(fold.sites().get(siteId));
    }

    @Override
    public Optional<SiteConfig> siteByKey(String siteKey) {
        return fold.sites().values().stream()
                .filter(site -> site.siteKey().equals(siteKey))
                .findFirst();
    }

    @Override
    public Optional<FormConfig> form(String siteId, String formId) {
        return Optional.ofNullable(fold.forms().get(AccessFold.formKey(siteId, formId)));
    }

    @Override
    public Optional<IntegrationConfig> integrationByKey(String apiKey) {
        return Optional.ofNullable(fold.integrations().get(KeyHash.of(apiKey)));
    }

    @Override
    public Optional<SourceConfig> source(String sourceId) {
        return sourceDetails(sourceId).map(source -> source.at(clock.instant()));
    }

    @Override
    public Optional<SourceDetails> sourceDetails(String sourceId) {
        return Optional.ofNullable(fold.sources().get(sourceId));
    }

    @Override
    public List<SiteConfig> sites() {
        return List.copyOf(fold.sites().values());
    }

    @Override
    public List<FormConfig> forms() {
        return List.copyOf(fold.forms().values());
    }

    @Override
    public List<IntegrationConfig> integrations() {
        return List.copyOf(fold.integrations().values());
    }

    @Override
    public List<SourceConfig> sources() {
        var now = clock.instant();
        return fold.sources().values().stream().map(source -> source.at(now)).toList();
    }

    @Override
    public List<SourceDetails> allSourceDetails() {
        return List.copyOf(fold.sources().values());
    }

    @Override
    public void start() {
        var fresh =
                new TopicFollower(
                        kafka.bootstrapServers(),
                        Topics.ACCESS_EVENTS.name(),
                        null,
                        serde,
                        this::apply);
        fresh.caughtUp().thenRun(() -> caughtUp.complete(null));
        follower = fresh;
    }

    @Override
    public void stop() {
        var current = follower;
        follower = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public boolean isRunning() {
        return follower != null;
    }

    /// Reads before the web server answers and until after it stopped.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20_000;
    }
}
