package io.headwater.command.platform.kafka;

import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/// Administrative questions to the brokers, answered or failed within half a minute.
public final class Admins {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Admins() {}

    public static Admin open(Brokers brokers) {
        return Admin.create(
                brokers.settings(
                        Map.of(
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                (int) LIMIT.toMillis())));
    }

    /// @throws org.apache.kafka.common.KafkaException what the brokers said
    public static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer of Kafka", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptException(stopped);
        }
    }
}
