package io.headwater.command.platform.directory;

import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.kafka.TopicFollower;
import io.headwater.command.platform.vault.SourceSecrets;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Follows `access.events.v1` from its beginning; look-ups read one immutable fold.
@Component
final class KafkaAccessDirectory
        implements AccessDirectory, SourceDirectory, DirectoryProgress, SmartLifecycle {

    private record Awaited(String siteId, long version, CompletableFuture<Void> seen) {}

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(KafkaAccessDirectory.class);

    private final Clock clock;
    private final KafkaSettings kafka;
    private final AvroSerde<SpecificRecord> serde;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Map<Awaited, Boolean> awaited = new ConcurrentHashMap<>();
    private final OpenedSources opened;
    private final PersonalKeys addresses;
    private volatile AccessFold fold = AccessFold.EMPTY;
    private volatile @Nullable TopicFollower follower;

    KafkaAccessDirectory(
            KafkaSettings kafka,
            AvroSerde<SpecificRecord> serde,
            SourceSecrets secrets,
            PersonalKeys addresses,
            Clock clock) {
        this.opened = new OpenedSources(secrets);
        this.addresses = addresses;
        this.clock = clock;
        this.kafka = kafka;
        this.serde = serde;
    }

    /// @throws VaultUnavailableException when a listed address is sealed and its key is not to be
    ///   had; the follower tries again
    void apply(SpecificRecord event) {
        var before = fold.sources();
        fold = fold.apply(opened(event));
        awaited.keySet().removeIf(this::answered);
        if (caughtUp.isDone() && fold.sources() != before) {
            Thread.ofVirtual().name("open-sources").start(this::openSources);
        }
    }

    private SpecificRecord opened(SpecificRecord event) {
        try {
            return addresses.opened(event, "");
        } catch (AbsentKeyException | BrokenSealException lost) {
            log.atError()
                    .addKeyValue("event", event.getSchema().getName())
                    .addKeyValue("reason", lost.getMessage())
                    .log("a line of an address list cannot be opened and does not count");
            return event;
        }
    }

    /// Before they are needed: then the vault may be away.
    ///
    /// @return whether all could be opened; for each that could not, its next delivery tries again
    private boolean openSources() {
        var sources = fold.sources();
        opened.keepOnly(sources.keySet());
        boolean all = true;
        for (var source : sources.values()) {
            try {
                opened.of(source);
            } catch (VaultUnavailableException away) {
                all = false;
            } catch (AbsentKeyException | BrokenSealException | VaultRefusedException lost) {
                log.atError()
                        .addKeyValue("sourceId", source.config().sourceId())
                        .addKeyValue("reason", lost.getMessage())
                        .log("secrets of a source cannot be opened");
            }
        }
        return all;
    }

    private void openAtStart() {
        try {
            while (isRunning() && !openSources()) {
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
        return Optional.ofNullable(fold.sources().get(sourceId))
                .map(opened::of)
                .map(source -> source.at(clock.instant()));
    }

    @Override
    public Optional<SourceDetails> sourceDetails(String sourceId) {
        return Optional.ofNullable(fold.sources().get(sourceId)).map(opened::described);
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
        return fold.sources().values().stream()
                .map(opened::of)
                .map(source -> source.at(now))
                .toList();
    }

    @Override
    public List<SourceDetails> allSourceDetails() {
        return fold.sources().values().stream().map(opened::described).toList();
    }

    @Override
    public void start() {
        var fresh =
                new TopicFollower(
                        kafka.brokers(), Topics.ACCESS_EVENTS.name(), null, serde, this::apply);
        follower = fresh;
        fresh.caughtUp()
                .thenRun(() -> {
                    caughtUp.complete(null);
                    Thread.ofVirtual().name("open-sources").start(this::openAtStart);
                });
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
