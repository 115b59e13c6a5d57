package io.headwater.projectors.planted;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/// Ways to get a number that is another one next time.
public final class PlantedDice {

    private PlantedDice() {}

    static final class OfRandom {
        int roll() {
            return new Random().nextInt();
        }
    }

    static final class OfSecure {
        int roll() {
            return new SecureRandom().nextInt();
        }
    }

    static final class OfThread {
        int roll() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    static final class OfSplits {
        int roll() {
            return new SplittableRandom().nextInt();
        }
    }

    static final class OfGenerator {
        int roll() {
            return RandomGenerator.getDefault().nextInt();
        }
    }

    static final class OfMath {
        DoubleSupplier roll() {
            return Math::random;
        }
    }

    static final class OfId {
        String next() {
            return UUID.randomUUID().toString();
        }
    }

    static final class OfShuffle {
        List<String> mixed(List<String> list) {
            var mixed = new ArrayList<>(list);
            Collections.shuffle(mixed);
            return mixed;
        }
    }

    static final class OfAddress {
        int hash(Object one) {
            return System.identityHashCode(one);
        }
    }
}
