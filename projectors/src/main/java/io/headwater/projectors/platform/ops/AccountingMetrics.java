package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// `projection.records.read = projection.records.applied + projection.records.parked +
/// projection.records.skipped`, of all times, by projection and generation. What is parked may be
/// applied later, so it is a gauge. Every instance tells of all generations.
@Component
class AccountingMetrics {

    private final MeterRegistry registry;
    private final Map<Generation, Shown> shown = new HashMap<>();

    AccountingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Shows these and forgets generations that are no more.
    void show(List<Account> accounts) {
        for (Account account : accounts) {
            var one = shown.get(account.generation());
            if (one == null) {
                shown.put(account.generation(), new Shown(registry, account));
            } else {
                one.account = account;
            }
        }
        var there = Set.copyOf(accounts.stream().map(Account::generation).toList());
        shown.entrySet()
                .removeIf(one -> {
                    boolean gone = !there.contains(one.getKey());
                    if (gone) {
                        one.getValue().meters.forEach(registry::remove);
                    }
                    return gone;
                });
    }

    /// The meters of one generation.
    private static final class Shown {

        private final List<Meter> meters;
        private volatile Account account;

        Shown(MeterRegistry registry, Account first) {
            account = first;
            var tags =
                    Tags.of(
                            "projection", first.generation().projection(),
                            "generation", Integer.toString(first.generation().number()));
            meters =
                    List.of(
                            counter(registry, "projection.records.read", tags, Account::read),
                            counter(registry, "projection.records.applied", tags, Account::applied),
                            counter(registry, "projection.records.skipped", tags, Account::skipped),
                            counter(registry, "projection.records.fenced", tags, Account::fenced),
                            gauge(registry, "projection.records.parked", tags, Account::parked),
                            gauge(
                                    registry,
                                    "projection.accounting.holds",
                                    tags,
                                    one -> one.holds() ? 1 : 0),
                            age(registry, "projection.lag.age", tags, Account::lagAgeMillis),
                            age(
                                    registry,
                                    "projection.heartbeat.age",
                                    tags,
                                    Account::heartbeatAgeMillis));
        }

        private Meter counter(
                MeterRegistry registry, String name, Tags tags, ToDoubleFunction<Account> value) {
            return FunctionCounter.builder(name, this, one -> value.applyAsDouble(one.account))
                    .tags(tags)
                    .register(registry);
        }

        private Meter gauge(
                MeterRegistry registry, String name, Tags tags, ToDoubleFunction<Account> value) {
            return Gauge.builder(name, this, one -> value.applyAsDouble(one.account))
                    .tags(tags)
                    .register(registry);
        }

        private Meter age(
                MeterRegistry registry, String name, Tags tags, ToDoubleFunction<Account> millis) {
            return TimeGauge.builder(
                            name,
                            this,
                            TimeUnit.MILLISECONDS,
                            one -> millis.applyAsDouble(one.account))
                    .tags(tags)
                    .register(registry);
        }
    }
}
