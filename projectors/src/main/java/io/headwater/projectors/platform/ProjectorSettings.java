package io.headwater.projectors.platform;

import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The settings of this application; each key is explained in `application.yml`.
///
/// @param projections names of those to run here; empty: all
@ConfigurationProperties("headwater")
public record ProjectorSettings(
        Kafka kafka,
        Schemas schemas,
        Postgres postgres,
        Path stateDir,
        String instance,
        @DefaultValue Set<String> projections,
        @DefaultValue Streams streams,
        @DefaultValue Sink sink) {

    public record Kafka(String bootstrapServers, @DefaultValue KafkaSecurity security) {

        public Brokers brokers() {
            return new Brokers(bootstrapServers, security);
        }
    }

    public record Schemas(String registryUrl, @DefaultValue("") String cacheFile) {}

    public record Postgres(String url, String user, @DefaultValue("") String password) {}

    public record Streams(
            @DefaultValue("100ms") Duration commitInterval,
            @DefaultValue("32MB") DataSize cacheSize,
            @DefaultValue("96MB") DataSize storeMemory,
            @DefaultValue("0") int standbyReplicas,
            @DefaultValue("-1") short replicationFactor) {}

    public record Sink(
            @DefaultValue("5000") int batchSize,
            @DefaultValue("100") int maxParkedKeys,
            @DefaultValue("5s") Duration maxBackOff,
            @DefaultValue("1m") Duration drainEvery) {

        public Sink {
            if (batchSize < 1 || maxParkedKeys < 0 || !drainEvery.isPositive()) {
                throw new IllegalArgumentException(
                        "headwater.sink: batch-size, max-parked-keys and drain-every must be"
                                + " positive");
            }
        }
    }
}
