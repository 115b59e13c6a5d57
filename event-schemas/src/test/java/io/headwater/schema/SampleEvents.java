package io.headwater.schema;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.views.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// Records as a quiet day makes them, for the tests of every module: always the same ones. Builders
/// where tests want to change something; [#filled(Class)] for the rest.
public final class SampleEvents {

    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    public static final String SITE = "main";
    public static final String VISITOR =
            "5f0c8c2f0a2b6a6f3d1b5f1f0d7c9a4e1b2c3d4e5f60718293a4b5c6d7e8f901";
    public static final String SUBMISSION = "019aa1b0-0000-7000-8000-000000000001";
    public static final String LEAD = SITE + "_019aa1b0000070008000000000000001";

    /// Issued by the server for [#VISITOR] at [#NOON].
    public static final String SESSION = session(VISITOR, 1);

    private SampleEvents() {}

    /// An id as the server issues it at [#NOON], the same for the same number.
    public static String session(String visitorId, long number) {
        return Slots.newSessionId(visitorId, NOON, () -> number);
    }

    /// Every field set, to a value that names it: what evolves away shows up.
    public static <T extends SpecificRecord> T filled(Class<T> type) {
        return FilledRecords.of(type);
    }

    public static EventMeta meta(String aggregateId, long sequence) {
        return new EventMeta("command-1-0", aggregateId, sequence, "command-1", NOON);
    }

    public static Submission.Builder submission() {
        return Submission.newBuilder()
                .setSubmissionId(SUBMISSION)
                .setSiteId(SITE)
                .setReceiptId("019aa1b0-0000-7000-8000-00000000000a")
                .setChannel("form")
                .setFormId("contact")
                .setDedupKey("c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2")
                .setDedupKind("body_hash")
                .setDuplicateWindowSeconds(3600)
                .setBodyHash("c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2")
                .setReceivedAt(NOON)
                .setSubmittedAt(NOON)
                .setTimeToSubmitSeconds(31.5)
                .setFirstName(PersonalData.of("Zoë"))
                .setLastName(PersonalData.of("Núñez"))
                .setEmail(PersonalData.of("zoe@example.org"))
                .setPhone(PersonalData.of("+34600000001"))
                .setCountryCode("+34")
                .setMessage(PersonalData.of("two rooms, please"))
                .setUserIp(PersonalData.of("203.0.113.7"))
                .setUserAgent(PersonalData.of("Mozilla/5.0 (X11; Linux x86_64)"))
                .setPayload(PersonalData.of("{\"EMAIL\":\"zoe@example.org\"}"))
                .setProjectName("Seaside")
                .setLeadSource("website")
                .setCountry("ES")
                .setUtmSource("google")
                .setUtmMedium("cpc")
                .setUtmCampaign("winter")
                .setVisitorId(VISITOR)
                .setSessionId(SESSION)
                .setDeviceType("desktop")
                .setPageUrl("https://example.org/seaside");
    }

    public static LeadCaptured leadCaptured() {
        return leadCaptured(LEAD, submission().build());
    }

    public static LeadCaptured leadCaptured(String leadId, Submission submission) {
        return new LeadCaptured(meta(leadId, 1), leadId, "new", submission);
    }

    public static LeadResubmitted leadResubmitted() {
        return leadResubmitted(
                LEAD, submission().setSubmissionId("019aa1b0-0000-7000-8000-000000000002").build());
    }

    public static LeadResubmitted leadResubmitted(String leadId, Submission submission) {
        return new LeadResubmitted(meta(leadId, 2), leadId, submission, false, null);
    }

    public static ProviderFact.Builder fact() {
        return ProviderFact.newBuilder()
                .setFactId("calendly:https://api.calendly.com/scheduled_events/1/invitees/1")
                .setSiteId(SITE)
                .setReceiptId("019aa1b0-0000-7000-8000-00000000000b")
                .setSourceId("calendly-main")
                .setProvider("calendly")
                .setKind("appointment_booked")
                .setEmail(PersonalData.of("zoe@example.org"))
                .setStartsAt(NOON.plusSeconds(86_400))
                .setOccurredAt(NOON)
                .setReceivedAt(NOON);
    }

    public static SessionStarted.Builder sessionStarted() {
        return SessionStarted.newBuilder()
                .setSessionId(SESSION)
                .setVisitorId(VISITOR)
                .setDeviceId("d41d8cd98f00b204e9800998ecf8427e")
                .setFingerprintId("fp-1")
                .setSiteId(SITE)
                .setPage("https://example.org/")
                .setUtmSource("google")
                .setUtmCampaign("winter")
                .setDeviceType("desktop")
                .setLanguage("es-ES")
                .setScreenWidth(1920)
                .setScreenHeight(1080)
                .setUserAgent(PersonalData.of("Mozilla/5.0 (X11; Linux x86_64)"))
                .setIp(PersonalData.of("203.0.113.7"))
                .setStartedAt(NOON)
                .setReceivedAt(NOON);
    }

    public static TrackedEvent.Builder event(String type, Instant occurredAt) {
        return TrackedEvent.newBuilder().setType(type).setOccurredAt(occurredAt);
    }

    public static EventsTracked eventsTracked(String sessionId, TrackedEvent... events) {
        return new EventsTracked(sessionId, null, null, List.of(events), NOON, null, null);
    }

    public static SessionEnded sessionEnded(String sessionId) {
        return new SessionEnded(
                sessionId,
                null,
                "https://example.org/seaside",
                NOON.plusSeconds(180),
                NOON.plusSeconds(180),
                null);
    }

    /// Two years before [#NOON], with what the other system knew of it.
    public static SessionImported.Builder sessionImported() {
        Instant then = NOON.minus(Duration.ofDays(730));
        return SessionImported.newBuilder()
                .setSessionId(Slots.newSessionId(VISITOR, then, () -> 7))
                .setExternalId("visit-1")
                .setVisitorId(VISITOR)
                .setSiteId(SITE)
                .setStartedAt(then)
                .setEndedAt(then.plusSeconds(200))
                .setDurationSeconds(180)
                .setEventCount(13)
                .setPageViews(2)
                .setClicks(10)
                .setMaxScrollPercent(80)
                .setPages(List.of("https://example.org/", "https://example.org/seaside"))
                .setEntryPage("https://example.org/")
                .setExitPage("https://example.org/seaside")
                .setUtmSource("google")
                .setDeviceType("mobile")
                .setBrowser("Firefox")
                .setCountry("ES")
                .setReceivedAt(NOON);
    }

    /// 180 s, 80 %, 10 clicks: 52, Hot, one of the published examples.
    public static SessionRow.Builder sessionRow() {
        return SessionRow.newBuilder()
                .setSessionId(SESSION)
                .setVisitorId(VISITOR)
                .setSiteId(SITE)
                .setEntryPage("https://example.org/")
                .setDeviceType("desktop")
                .setStartedAt(NOON)
                .setLastEventAt(NOON.plusSeconds(180))
                .setEventCount(20)
                .setPageViews(3)
                .setClicks(10)
                .setMaxScrollPercent(80)
                .setDurationSeconds(180)
                .setReturnVisits(0)
                .setEngagementScore(52)
                .setEngagementLabel("Hot")
                .setSrcPartition(1)
                .setSrcOffset(41);
    }
}
