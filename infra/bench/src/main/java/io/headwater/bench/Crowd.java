package io.headwater.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/// What the visits of a load are like, and when they are.
interface Crowd {

    /// Everybody alike, and now.
    Crowd ALIKE =
            new Crowd() {
                private static final Look LOOK =
                        new Look("newsletter", "spring", "desktop", "NL", "/bench", false);

                @Override
                public Look look(int visitor) {
                    return LOOK;
                }

                @Override
                public Instant at(Instant now, int record, double written) {
                    return now.plusSeconds(record);
                }
            };

    /// Where a visitor comes from.
    ///
    /// @param page the first one
    /// @param reads views pages, too; else clicks only
    record Look(
            String source,
            String campaign,
            String device,
            String country,
            String page,
            boolean reads) {}

    Look look(int visitor);

    /// @param now when the load began
    /// @param record of the visit, from 0
    /// @param written part of the load that is written before it
    /// @return when the record was received
    Instant at(Instant now, int record, double written);

    /// From everywhere, few things often and many seldom, evenly over a time.
    static Crowd over(Instant begin, Duration span) {
        return new Crowd() {
            @Override
            public Look look(int visitor) {
                var random = new SplittableRandom(visitor);
                return new Look(
                        seldom(random, "google", "meta", "newsletter", "bing", "partner", "fair"),
                        "campaign-" + seldom(random, 8),
                        seldom(random, "mobile", "desktop", "tablet"),
                        seldom(random, "DE", "NL", "ES", "FR", "IT", "AT", "CH", "BE", "PL", "PT"),
                        "/offers/" + seldom(random, 40),
                        true);
            }

            @Override
            public Instant at(Instant now, int record, double written) {
                return begin.plusMillis((long) (span.toMillis() * written));
            }
        };
    }

    private static String seldom(SplittableRandom random, String... names) {
        return List.of(names).get(seldom(random, names.length));
    }

    /// The later the less often.
    private static int seldom(SplittableRandom random, int count) {
        double even = random.nextDouble();
        return (int) (count * even * even);
    }
}
