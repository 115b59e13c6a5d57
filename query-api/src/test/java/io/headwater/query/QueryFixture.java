package io.headwater.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;

/// A few rows of everything, on whatever Postgres the subclass brings.
abstract class QueryFixture {
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final Instant quarter = now.truncatedTo(ChronoUnit.HOURS);

    abstract ReadModels models();

    abstract RunningQueryApi api();

    @BeforeEach
    void fill() {
        ReadModels models = models();
        models.clear();
        models.lead(
                "main_1",
                "first_name",
                "Ana",
                "email",
                "ana@example.com",
                "phone",
                "+4915112345678",
                "project_name",
                "Tower",
                "utm_source",
                "google",
                "visitor_id",
                "v1",
                "session_id",
                "s1",
                "engagement_score",
                52,
                "engagement_label",
                "Hot",
                "user_ip",
                "192.0.2.1",
                "created_at",
                now.minusSeconds(60));
        models.submission(
                "sub-1",
                "lead_id",
                "main_1",
                "email",
                "ana@example.com",
                "phone",
                "+4915112345678",
                "payload",
                "{\"email\":\"ana@example.com\",\"extra\":[1,12345678901234567891,0.10000000000000000555]}");
        models.submission("sub-2", "outcome", "test", "email", "test@example.com");
        models.fact(
                "f-1",
                "lead_id",
                "main_1",
                "email",
                "ana@example.com",
                "amount_minor",
                1200L,
                "currency",
                "EUR");
        models.session(
                "s1",
                "visitor_id",
                "v1",
                "fingerprint_id",
                "fp1",
                "country",
                "DE",
                "started_at",
                now.minusSeconds(120),
                "last_event_at",
                now.minusSeconds(10),
                "event_count",
                7,
                "duration_seconds",
                110,
                "engagement_score",
                52);
        models.session(
                "s2",
                "visitor_id",
                "v1",
                "fingerprint_id",
                "fp1",
                "started_at",
                now.minus(Duration.ofHours(3)),
                "last_event_at",
                now.minus(Duration.ofHours(2)),
                "event_count",
                3,
                "duration_seconds",
                10,
                "engagement_score",
                10);
        models.volume(
                quarter,
                "google",
                "submissions",
                3,
                "accepted",
                2,
                "test",
                1,
                "leads",
                1,
                "campaign",
                "spring");
        models.traffic(quarter, "google", "sessions", 2, "events", 10);
        models.pageViews(quarter, "/home", 5, 2);
        models.intake(quarter, "api", "received", 3, "accepted", 2, "test", 1);
        models.position("leads", 0, 5, 5);
    }
}
