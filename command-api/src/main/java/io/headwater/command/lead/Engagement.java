package io.headwater.command.lead;

import org.jspecify.annotations.Nullable;

/// How much of a visitor a lead was, by its newest session.
///
/// @param sessionId null: the visitor has none
/// @param score 0 to 100
/// @param formula version of the formula; the same figures by a newer formula are no news
/// @param judgement what is suspicious about it
record Engagement(
        @Nullable String sessionId,
        int score,
        String label,
        long durationSeconds,
        int pagesVisited,
        int returnVisits,
        int formula,
        Judgement judgement) {

    /// One that nobody judged.
    Engagement(
            @Nullable String sessionId,
            int score,
            String label,
            long durationSeconds,
            int pagesVisited,
            int returnVisits,
            int formula) {
        this(
                sessionId,
                score,
                label,
                durationSeconds,
                pagesVisited,
                returnVisits,
                formula,
                Judgement.NONE);
    }

    /// The same visit, judged by a later submission.
    Engagement judgedAs(Engagement later) {
        return new Engagement(
                sessionId,
                score,
                label,
                durationSeconds,
                pagesVisited,
                returnVisits,
                later.formula,
                later.judgement);
    }

    boolean sameAs(Engagement other) {
        return equals(
                new Engagement(
                        other.sessionId,
                        other.score,
                        other.label,
                        other.durationSeconds,
                        other.pagesVisited,
                        other.returnVisits,
                        formula,
                        other.judgement));
    }
}
