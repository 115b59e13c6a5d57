package io.headwater.bench;

/// Runs a load until the platform's code is compiled: a fresh JVM runs the first tens of thousands
/// of calls interpreted, and on a busy machine its compiler needs minutes.
final class WarmUp {

    /// Share of a core that the compiler takes when it has little left to do.
    private static final double COMPILED = 0.1;

    private static final int MOST_ROUNDS = 15;

    private WarmUp() {}

    @FunctionalInterface
    interface Load {
        /// @return calls per second
        double run(int seconds) throws InterruptedException;
    }

    /// Ends after fifteen rounds in any case, and at once where the compiler cannot be seen.
    static void run(String what, Platform platform, int seconds, Progress progress, Load load)
            throws InterruptedException {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            var before = CpuSplit.now(platform);
            double rate = load.run(seconds);
            double compiler =
                    CpuSplit.now(platform).since(before).getOrDefault(CpuSplit.COMPILER, 0.0)
                            / seconds;
            progress.say("%s: warming up, %,.0f/s, compiler %.2f cores", what, rate, compiler);
            if (compiler < COMPILED) {
                return;
            }
        }
    }
}
