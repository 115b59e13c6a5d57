package io.headwater.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The settings that all have in common: exactly once, bounded memory, every internal name
/// explicit.
///
/// @param applicationId is data: stores and offsets belong to it
/// @param clientId names its threads, clients and metrics
/// @param connection how brokers are reached: `bootstrap.servers`, and what they ask for
/// @param stateDir of this instance alone
/// @param standbys copies of each state store on other instances
/// @param memory bound of the state stores
public record StreamsSettings(
        String applicationId,
        String clientId,
        Map<String, Object> connection,
        Path stateDir,
        Duration commitInterval,
        int threads,
        int standbys,
        StoreMemory memory) {

    /// Beyond what a topic takes (4 MB): a record that was read can be written.
    private static final int MAX_REQUEST_BYTES = 5 << 20;

    private static final int BATCH_BYTES = 64 << 10;

    /// To be added to.
    public Properties toProperties() {
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        p.put(StreamsConfig.CLIENT_ID_CONFIG, clientId);
        p.putAll(connection);
        p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
        p.put(StoreMemory.CONFIG, memory);
        // a crashed instance says no good-bye: the others wait this long for it
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        p.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MAX_REQUEST_BYTES);
        // what one commit has to write goes in one request, as far as it can
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // A transaction's first batch waits at the broker to be verified; a second one sent
        // meanwhile is refused as out of order and comes again after the back-off (KAFKA-14920):
        // one at a time is faster.
        p.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                1);
        return p;
    }

    /// Large records wait decoded in the client, this many per partition.
    public static void boundWaiting(Properties p, int records) {
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), records);
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, records);
    }
}
