package io.headwater.command.platform.kafka;

import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// One idempotent producer for all facts.
final class PlainFactLog implements FactLog, AutoCloseable {

    private final RecordEncoder encoder;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

    PlainFactLog(RecordEncoder encoder, Producer<byte[], byte[]> producer) {
        this.encoder = encoder;
        this.producer = producer;
    }

    @Override
    public CompletableFuture<Void> append(ProducerRecord<String, SpecificRecord> record) {
        var done = new CompletableFuture<Void>();
        try {
            // the callback tells: it is called for every way a send can end
            var unused =
                    producer.send(
                            encoder.encode(List.of(record)).getFirst(),
                            (_, fault) -> {
                                if (fault == null) {
                                    done.complete(null);
                                } else {
                                    done.completeExceptionally(
                                            new LogUnavailableException("not confirmed", fault));
                                }
                            });
        } catch (KafkaException unavailable) {
            done.completeExceptionally(new LogUnavailableException("not sent", unavailable));
        } catch (LogUnavailableException
                | IllegalArgumentException
                | VaultUnavailableException
                | VaultRefusedException unwritable) {
            done.completeExceptionally(unwritable);
        }
        return done;
    }

    @Override
    public int partitions(String topic) {
        Integer known = partitions.get(topic);
        if (known != null) {
            return known;
        }
        try {
            int count = producer.partitionsFor(topic).size();
            partitions.put(topic, count);
            return count;
        } catch (KafkaException away) {
            throw new LogUnavailableException("the partitions of " + topic + " are unknown", away);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
