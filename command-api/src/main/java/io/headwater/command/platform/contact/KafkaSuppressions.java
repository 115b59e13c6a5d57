package io.headwater.command.platform.contact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.contact.SuppressionLists.Entry;
import io.headwater.command.platform.contact.SuppressionLists.ListKey;
import io.headwater.command.platform.kafka.Admins;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.command.platform.kafka.TopicFollower;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Follows `suppression.events.v1` from its beginning, in every instance.
@Component
public final class KafkaSuppressions implements Suppressions, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaSuppressions.class);
    private static final String TOPIC = Topics.SUPPRESSION_EVENTS.name();
    private static final int LIMIT = 5_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final KafkaSettings kafka;
    private final AvroSerde<SpecificRecord> serde;
    private final Clock clock;
    private final SuppressionLists lists = new SuppressionLists();
    private volatile @Nullable TopicFollower follower;
    private volatile @Nullable Admin admin;
    private volatile List<TopicPartition> partitions = List.of();

    KafkaSuppressions(KafkaSettings kafka, AvroSerde<SpecificRecord> serde, Clock clock) {
        this.kafka = kafka;
        this.serde = serde;
        this.clock = clock;
    }

    /// One list that somebody is on.
    ///
    /// @param siteId null: of all sites
    /// @param since when they were put there
    public record Found(
            String list,
            @Nullable String siteId,
            @Nullable String reason,
            Instant since,
            @Nullable Instant expiresAt) {}

    /// @param entries those that are over included
    public record Size(
            String list, @JsonProperty("site_id") @Nullable String siteId, int entries) {}

    @Override
    public List<String> listsWith(String siteId, Collection<String> names, Instant now) {
        return lists.with(siteId, names, now).stream()
                .map(entry -> entry.list().list())
                .distinct()
                .toList();
    }

    @Override
    public boolean know(Map<String, Long> offsets, String keyId) {
        if (!lists.areOf(keyId)) {
            log.atError().log("there are lists whose names were made with a key that is lost");
            return false;
        }
        return knowsUntil(offsets);
    }

    private boolean knowsUntil(Map<String, Long> offsets) {
        var current = follower;
        return current != null && current.reached(offsets);
    }

    public List<Found> find(String siteId, Collection<String> names) {
        return lists.with(siteId, names, clock.instant()).stream()
                .map(KafkaSuppressions::found)
                .toList();
    }

    public List<Size> sizes() {
        return lists.sizes().entrySet().stream()
                .map(one -> new Size(one.getKey().list(), siteOf(one.getKey()), one.getValue()))
                .toList();
    }

    /// @return how far the events go now, by partition as text
    /// @throws LogUnavailableException when the brokers do not say within some seconds
    public Map<String, Long> end() {
        var current = admin;
        if (current == null) {
            throw new LogUnavailableException("lists are not being read", null);
        }
        try {
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            partitions(current).forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            var ends = new HashMap<String, Long>();
            Admins.get(current.listOffsets(wanted, new ListOffsetsOptions().timeoutMs(LIMIT)).all())
                    .forEach((partition, end) ->
                            ends.put(String.valueOf(partition.partition()), end.offset()));
            return ends;
        } catch (KafkaException away) {
            throw new LogUnavailableException("the brokers do not answer", away);
        }
    }

    /// Asked once: they never change.
    private List<TopicPartition> partitions(Admin asked) {
        var known = partitions;
        if (known.isEmpty()) {
            var answer =
                    asked.describeTopics(
                            List.of(TOPIC), new DescribeTopicsOptions().timeoutMs(LIMIT));
            known =
                    Admins.get(Objects.requireNonNull(answer.topicNameValues().get(TOPIC)))
                            .partitions()
                            .stream()
                            .map(one -> new TopicPartition(TOPIC, one.partition()))
                            .toList();
            partitions = known;
        }
        return known;
    }

    /// Waits until everything that is there now was read here.
    ///
    /// @throws io.headwater.command.platform.web.ProblemException 503 when that takes too long
    public void awaitNow() {
        var until = end();
        var deadline = clock.instant().plus(LONGEST_WAIT);
        while (!knowsUntil(until)) {
            if (clock.instant().isAfter(deadline)) {
                throw ProblemType.NOT_READY.with("Lists are still being read.").asException();
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new LogUnavailableException("interrupted", stopped);
            }
        }
    }

    private static Found found(Entry entry) {
        return new Found(
                entry.list().list(),
                siteOf(entry.list()),
                entry.reason(),
                entry.since(),
                entry.expiresAt());
    }

    private static @Nullable String siteOf(ListKey key) {
        return key.siteId().equals(ANY_SITE) ? null : key.siteId();
    }

    @Override
    public synchronized void start() {
        admin = Admins.open(kafka.brokers());
        follower = new TopicFollower(kafka.brokers(), TOPIC, null, serde, lists::apply);
    }

    @Override
    public synchronized void stop() {
        var current = follower;
        var asking = admin;
        follower = null;
        admin = null;
        if (current != null) {
            current.close();
        }
        if (asking != null) {
            asking.close(Duration.ofSeconds(5));
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return follower != null;
    }

    /// Reads before anybody decides and until after nobody does.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20_000;
    }
}
