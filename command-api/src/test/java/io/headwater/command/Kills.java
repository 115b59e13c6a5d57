package io.headwater.command;

import java.util.Random;

/// How often and when something is killed: once, or as often as the profile `full` says;
/// `-Dheadwater.fault.kills=N` and `-Dheadwater.fault.seed=S` choose and repeat a run.
public final class Kills {

    private static final int WANTED = Integer.getInteger("headwater.fault.kills", 1);

    private final long seed = Long.getLong("headwater.fault.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /// Says the seed, so that a failed run can be repeated.
    public Kills(String test) {
        System.out.printf("%s: %d kills, seed %d%n", test, WANTED, seed);
    }

    public int count() {
        return WANTED;
    }

    /// How much more must be done before the next one.
    public int after(int least, int most) {
        return least + random.nextInt(most - least);
    }

    public long seed() {
        return seed;
    }
}
