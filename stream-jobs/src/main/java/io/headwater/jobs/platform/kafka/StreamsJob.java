package io.headwater.jobs.platform.kafka;

import io.headwater.jobs.platform.health.HealthPart;
import io.headwater.streams.StreamsApp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// One topology that runs with the application context, in the log and in `/health`.
public final class StreamsJob implements SmartLifecycle, HealthPart {

    private final String name;
    private final Topology topology;
    private final Properties properties;
    private final MeterRegistry registry;
    private volatile @Nullable StreamsApp app;
    private volatile @Nullable KafkaStreamsMetrics metrics;

    public StreamsJob(
            String name, Topology topology, Properties properties, MeterRegistry registry) {
        this.name = name;
        this.topology = topology;
        this.properties = properties;
        this.registry = registry;
    }

    @Override
    public void start() {
        var replaced = registry.counter("streams.thread.replaced", "job", name);
        var started = new StreamsApp(name, topology, properties, replaced::increment);
        var bound = new KafkaStreamsMetrics(started.streams());
        bound.bindTo(registry);
        metrics = bound;
        app = started;
        started.start();
    }

    @Override
    public void stop() {
        var running = app;
        app = null;
        if (running != null) {
            running.close();
        }
        var bound = metrics;
        metrics = null;
        if (bound != null) {
            bound.close();
        }
    }

    @Override
    public boolean isRunning() {
        return app != null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean up() {
        var running = app;
        return running != null && running.isRunning();
    }

    @Override
    public Map<String, Object> details() {
        var running = app;
        return Map.of("state", running == null ? "STOPPED" : running.describe());
    }
}
