package io.headwater.launcher.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;

/// Visits without end: the same ones for the same seed, each on a virtual thread of its own.
final class DemoStream {

    private static final int AT_ONCE = 4;
    private static final int LIVE_AT_ONCE = 400;
    private static final int PEOPLE_KEPT = 500;
    private static final int RETURNING_PERCENT = 35;
    private static final int LEAD_PERCENT = 25;
    private static final int PROVIDER_LEAD_PERCENT = 12;
    private static final int FACT_PERCENT = 8;
    private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(5);

    private final DemoApi api;
    private final DemoSite site;
    private final DemoSettings settings;
    private final Consumer<String> say;
    private final List<Person> people = new ArrayList<>();
    private final LeadPosts leads;
    private final ProviderPosts providers;
    private final AtomicLong complainedAt = new AtomicLong();

    DemoStream(DemoApi api, DemoSite site, DemoSettings settings, Consumer<String> say) {
        this.api = api;
        this.site = site;
        this.settings = settings;
        this.say = say;
        leads = new LeadPosts(api, site);
        providers = new ProviderPosts(api, site);
    }

    /// Returns when interrupted.
    void run() {
        int run = site.nextRun();
        var random = new Random(settings.seed() + run);
        try {
            if (run == 0) {
                visits(settings.firstVisits(), AT_ONCE, Duration.ZERO, run, 0, random);
            }
            Duration between = Duration.ofMinutes(1).dividedBy(settings.visitsPerMinute());
            visits(Integer.MAX_VALUE, LIVE_AT_ONCE, between, run, settings.firstVisits(), random);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void visits(
            int count, int atOnce, Duration between, int run, int firstNumber, Random random)
            throws InterruptedException {
        boolean live = !between.isZero();
        var room = new Semaphore(atOnce);
        var started = new ArrayList<Thread>();
        try {
            for (int i = 0; i < count; i++) {
                String number = run + "-" + (firstNumber + i);
                Person person = next(number, random);
                var own = new Random(random.nextLong());
                room.acquire();
                started.removeIf(thread -> !thread.isAlive());
                started.add(
                        Thread.ofVirtual()
                                .name("demo-visit-" + number)
                                .start(() -> {
                                    try {
                                        visit(person, number, own, live);
                                    } finally {
                                        room.release();
                                    }
                                }));
                Thread.sleep(jittered(between, random));
            }
            room.acquire(atOnce);
        } finally {
            started.forEach(Thread::interrupt);
        }
    }

    private Person next(String number, RandomGenerator random) {
        if (!people.isEmpty() && random.nextInt(100) < RETURNING_PERCENT) {
            return Person.one(people, random);
        }
        Person person = Person.invent(random, number);
        if (people.size() == PEOPLE_KEPT) {
            people.set(random.nextInt(PEOPLE_KEPT), person);
        } else {
            people.add(person);
        }
        return person;
    }

    private void visit(Person person, String number, RandomGenerator random, boolean live) {
        try {
            var session = new Visit(api, site, person, random, live).play();
            if (session.engaged() && random.nextInt(100) < LEAD_PERCENT) {
                if (random.nextInt(100) < 75) {
                    leads.form(person, session, random);
                } else {
                    leads.api(person, session, random);
                }
            }
            if (random.nextInt(100) < PROVIDER_LEAD_PERCENT) {
                providers.lead(person, number, random);
            }
            if (random.nextInt(100) < FACT_PERCENT) {
                providers.fact(person, number, random);
            }
        } catch (IOException | JacksonException away) {
            if (!Thread.currentThread().isInterrupted()) {
                complain(away);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// A restart of an application is no news; the first failure in five minutes is.
    private void complain(Exception why) {
        long now = System.nanoTime();
        long last = complainedAt.get();
        if ((last == 0 || now - last > COMPLAIN_EVERY.toNanos())
                && complainedAt.compareAndSet(last, now)) {
            say.accept("demo: a visit was lost: " + why.getMessage());
        }
    }

    private static Duration jittered(Duration mean, RandomGenerator random) {
        return mean.isZero()
                ? Duration.ZERO
                : Duration.ofNanos((long) (mean.toNanos() * (0.5 + random.nextDouble())));
    }
}
