package io.headwater.launcher.projections;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A generation as the API tells it.
record Generation(JsonNode json) {
    private static final Set<String> ON_ITS_WAY =
            Set.of("PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "READY");

    String name() {
        return text("name");
    }

    int number() {
        return json.path("generation").asInt(0);
    }

    String state() {
        return text("state");
    }

    /// What a backfill in bulk does now, in words; empty when there is none.
    String step() {
        return words(text("step"));
    }

    String reason() {
        return text("reason");
    }

    /// `-` of one that stands still.
    String health() {
        if (!isJudged()) {
            return "-";
        }
        return isAlive() ? words(text("health")) : "no heartbeat";
    }

    boolean isAlive() {
        return json.path("alive").asBoolean(false);
    }

    boolean isOnItsWay() {
        return ON_ITS_WAY.contains(state());
    }

    /// Dropped when no generation is named: it was live, or failed.
    boolean isLeftOver() {
        return state().equals("RETIRING") || state().equals("FAILED");
    }

    boolean isForVerification() {
        return text("purpose").equals("verify");
    }

    boolean wasLive() {
        return json.path("live_at").isString();
    }

    /// Not one that stands still because it failed or is being dropped.
    private boolean isJudged() {
        return switch (state()) {
            case "FAILED", "GONE" -> false;
            case "RETIRING" -> retireAt().isAfter(Instant.now());
            default -> true;
        };
    }

    /// Of one that is not being dropped: distant.
    Instant retireAt() {
        try {
            return Instant.parse(text("retire_at"));
        } catch (DateTimeParseException none) {
            return Instant.MAX;
        }
    }

    boolean addsUp() {
        return json.at("/accounting/holds").asBoolean(false);
    }

    long fenced() {
        return json.at("/accounting/fenced").asLong(0);
    }

    /// Nobody has to act.
    boolean isWell() {
        return !isJudged() || (isAlive() && !text("health").equals("STOPPED") && addsUp());
    }

    long lagAgeMillis() {
        return json.path("lag_age_ms").asLong(0);
    }

    /// Records per second; empty when not limited.
    Optional<Long> rateLimit() {
        return number("/rate_limit");
    }

    long done() {
        return json.at("/progress/done").asLong(0);
    }

    long total() {
        return json.at("/progress/total").asLong(0);
    }

    /// Records per second; empty when not known.
    Optional<Long> perSecond() {
        return number("/progress/per_second");
    }

    /// Seconds; empty when not known.
    Optional<Long> eta() {
        return number("/progress/eta_seconds");
    }

    long nextOffsets() {
        return json.path("positions")
                .valueStream()
                .mapToLong(p -> p.path("next_offset").asLong(0))
                .sum();
    }

    long endOffsets() {
        return json.path("positions")
                .valueStream()
                .mapToLong(p -> p.path("end_offset").asLong(0))
                .sum();
    }

    /// The newest one of a live generation.
    Optional<Sample> sample() {
        JsonNode told = json.path("sample");
        return told.isObject() ? Optional.of(new Sample(told)) : Optional.empty();
    }

    boolean isCompared() {
        return json.path("verification").isObject();
    }

    /// False also when it was not compared.
    boolean isEqual() {
        return json.at("/verification/equal").asBoolean(false);
    }

    private Optional<Long> number(String pointer) {
        JsonNode given = json.at(pointer);
        return given.isNumber() ? Optional.of(Math.round(given.doubleValue())) : Optional.empty();
    }

    private String text(String member) {
        return json.path(member).asString("");
    }

    private static String words(String constant) {
        return constant.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
