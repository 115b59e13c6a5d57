package io.headwater.command.platform.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.command.TestVaultKeys;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionalIntakeLogTest {

    private volatile boolean broken = true;
    private final TransactionalIntakeLog log =
            new TransactionalIntakeLog(
                    new RecordEncoder(
                            new AvroSerde<>(SchemaIds.inMemory()), new TestVaultKeys().sealer()),
                    Duration.ofSeconds(30),
                    10,
                    () -> {
                        if (broken) {
                            throw new IllegalStateException("unforeseen");
                        }
                        return new MockProducer<>(
                                true, null, new ByteArraySerializer(), new ByteArraySerializer());
                    });

    @Test
    void isAwayWhileItsProducerCannotBeMadeAndBackAfter() {
        log.start();
        try {
            await().until(() -> !log.up());
            assertThatThrownBy(() -> log.append(List.of()).join())
                    .hasCauseInstanceOf(LogUnavailableException.class)
                    .hasRootCauseMessage("the log is away");

            broken = false;
            await().until(log::up);
            log.append(List.of()).join();
        } finally {
            log.stop();
        }
    }
}
