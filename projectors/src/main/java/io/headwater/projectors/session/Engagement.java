package io.headwater.projectors.session;

/// The engagement score of one session, 0 to 100.
///
/// 1 point per 10 s of duration (at most 35), 1 per 3⅓ % of scroll depth (30), 1 per click (20), 5
/// per earlier visit (15); the floor of the sum.
///
/// source: shared contract, section 2, with its four examples in the test
final class Engagement {

    static final int VERSION = 1;

    private static final int MAX_DURATION = 35;
    private static final int MAX_SCROLL = 30;
    private static final int MAX_CLICKS = 20;
    private static final int MAX_VISITS = 15;

    private Engagement() {}

    static int score(long durationSeconds, double maxScrollPercent, int clicks, int returnVisits) {
        // Tenths of points, so that 0.3 points per percent stay exact.
        double tenths =
                Math.clamp(durationSeconds, 0, MAX_DURATION * 10L)
                        + Math.clamp(3 * maxScrollPercent, 0, MAX_SCROLL * 10);
        return (int) (tenths / 10)
                + Math.clamp(clicks, 0, MAX_CLICKS)
                + (int) Math.clamp(5L * returnVisits, 0, MAX_VISITS);
    }

    static String label(int score) {
        if (score <= 20) {
            return "Cold";
        }
        if (score <= 45) {
            return "Warm";
        }
        return score <= 70 ? "Hot" : "Very Hot";
    }
}
