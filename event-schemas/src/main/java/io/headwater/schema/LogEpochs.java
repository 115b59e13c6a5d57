package io.headwater.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The epochs of the log, in a topic of the cluster that has the log: it is lost with the log, and
/// cannot say something of another one. JSON, because it is read before there are schemas.
///
/// The topic is made by the first restore; a cluster without it is in epoch 1.
public final class LogEpochs {

    public static final String TOPIC = "log.epochs.v1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Brokers brokers;

    public LogEpochs(Brokers brokers) {
        this.brokers = brokers;
    }

    /// @return the newest
    /// @throws IllegalStateException when the brokers do not answer, or the topic is unreadable
    public LogEpoch now() {
        try (var admin = Admin.create(brokers.settings())) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                return LogEpoch.FIRST;
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "the epoch of the log is not known: " + refused.getCause(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        return last();
    }

    /// Appends a state; returns when the brokers have it.
    ///
    /// @throws IllegalStateException when they do not take it
    public void append(LogEpoch epoch, short replication) {
        makeTopic(replication);
        try (var producer =
                new KafkaProducer<>(
                        brokers.settings(Map.of("acks", "all")),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, "log", JSON.writeValueAsString(epoch)))
                    .get();
        } catch (ExecutionException | JsonProcessingException refused) {
            throw new IllegalStateException("the epoch is not kept: " + refused, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private LogEpoch last() {
        try (var consumer =
                new KafkaConsumer<>(
                        brokers.settings(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(ONLY));
            consumer.seekToBeginning(List.of(ONLY));
            long end = consumer.endOffsets(List.of(ONLY)).getOrDefault(ONLY, 0L);
            var last = LogEpoch.FIRST;
            while (consumer.position(ONLY) < end) {
                for (var record : consumer.poll(POLL)) {
                    last =
                            JSON.readValue(
                                    record.value().getBytes(StandardCharsets.UTF_8),
                                    LogEpoch.class);
                }
            }
            return last;
        } catch (IOException | KafkaException unreadable) {
            throw new IllegalStateException("the epoch of the log is not known", unreadable);
        }
    }

    private void makeTopic(short replication) {
        var topic =
                new NewTopic(TOPIC, 1, replication)
                        .configs(
                                Map.of(
                                        TopicConfig.RETENTION_MS_CONFIG,
                                        "-1",
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        TopicConfig.CLEANUP_POLICY_DELETE));
        try (var admin = Admin.create(brokers.settings())) {
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof TopicExistsException)) {
                    throw refused;
                }
            }
            Provisioner.awaitLeaders(admin, TOPIC, 1);
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "topic %s cannot be made: %s".formatted(TOPIC, refused.getCause()), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
