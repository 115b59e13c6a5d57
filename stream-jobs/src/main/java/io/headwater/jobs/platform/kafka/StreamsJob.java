package io.headwater.jobs.platform.kafka;

import io.headwater.jobs.platform.health.HealthPart;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// One topology that runs with the application context and comes back by itself.
///
/// A thread that dies (broker away for long, registry away, a record nobody can read) is replaced
/// after a wait that doubles from 1 s to 30 s: nothing is skipped, so a record that stays
/// unreadable keeps the job down, in the log and in `/health`.
public final class StreamsJob implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(StreamsJob.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final String name;
    private final Topology topology;
    private final Properties properties;
    private final MeterRegistry registry;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable KafkaStreams streams;
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
        var started = new KafkaStreams(topology, properties);
        stopping = new CountDownLatch(1);
        started.setUncaughtExceptionHandler(this::replace);
        started.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                failures.set(0);
            }
            log.atInfo().addKeyValue("job", name).addKeyValue("state", now).log("state");
        });
        var bound = new KafkaStreamsMetrics(started);
        bound.bindTo(registry);
        metrics = bound;
        streams = started;
        started.start();
    }

    @Override
    public void stop() {
        var running = streams;
        streams = null;
        if (running != null) {
            stopping.countDown();
            running.close(
                    CloseOptions.timeout(CLOSE_LIMIT)
                            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
        var bound = metrics;
        metrics = null;
        if (bound != null) {
            bound.close();
        }
    }

    @Override
    public boolean isRunning() {
        return streams != null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean up() {
        return streams != null && state().equals(KafkaStreams.State.RUNNING.name());
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("state", state());
    }

    private String state() {
        var running = streams;
        return running == null ? "STOPPED" : running.state().name();
    }

    private StreamThreadExceptionResponse replace(Throwable cause) {
        int wait = Math.min(1 << Math.min(failures.getAndIncrement(), 5), LONGEST_WAIT_SECONDS);
        log.atError()
                .addKeyValue("job", name)
                .addKeyValue("retryInSeconds", wait)
                .setCause(cause)
                .log("stream thread died");
        registry.counter("streams.thread.replaced", "job", name).increment();
        try {
            // true: the application stops, and the new thread with it
            boolean stopped = stopping.await(wait, TimeUnit.SECONDS);
            log.atDebug().addKeyValue("job", name).addKeyValue("stopped", stopped).log("replacing");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
