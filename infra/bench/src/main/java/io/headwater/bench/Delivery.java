package io.headwater.bench;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// One webhook request as the edge keeps it: the audit, the receipt, and what was read in it.
///
/// @param name of the person, different for each
record Delivery(String site, String source, String provider, String name, String id, Instant at) {

    private static final List<String> CAMPAIGNS = List.of("spring", "summer", "brand", "lakeside");
    private static final List<String> COUNTRIES = List.of("DE", "NL", "ES", "FR");
    private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");

    /// A UUID of version 7, as ids of receipts and submissions are.
    static String newId(Instant at, RandomGenerator random) {
        long most = (at.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    Submission submission(String submissionId, RandomGenerator random) {
        return Submission.newBuilder()
                .setSubmissionId(submissionId)
                .setSiteId(site)
                .setReceiptId(id)
                .setChannel("webhook")
                .setSourceId(source)
                .setProvider(provider)
                .setDedupKey(submissionId)
                .setDedupKind("provider_id")
                .setDuplicateWindowSeconds(3_600)
                .setBodyHash(submissionId)
                .setReceivedAt(at)
                .setSubmittedAt(at.minusSeconds(2))
                .setMappingVersion(1)
                .setFirstName(PersonalData.of("Ada"))
                .setLastName(PersonalData.of(name))
                .setEmail(PersonalData.of(email()))
                .setPhone(PersonalData.of(phone()))
                .setMessage(PersonalData.of("Please call me after five."))
                .setPayload(PersonalData.of(body()))
                .setProjectName("Lakeside")
                .setCountry(oneOf(COUNTRIES, random))
                .setUtmSource("search")
                .setUtmMedium("cpc")
                .setUtmCampaign(oneOf(CAMPAIGNS, random))
                .setDeviceType(oneOf(DEVICES, random))
                .setPageUrl("https://www.example.com/offers?utm_source=search")
                .setExternalId(submissionId)
                .setDisposableEmail(false)
                .build();
    }

    /// @param kind as in [ProviderFact]
    /// @param ref what it is about
    ProviderFact.Builder fact(String kind, String ref) {
        return ProviderFact.newBuilder()
                .setFactId(provider + ":" + id)
                .setSiteId(site)
                .setReceiptId(id)
                .setSourceId(source)
                .setProvider(provider)
                .setKind(kind)
                .setExternalRef(ref)
                .setEmail(PersonalData.of(email()))
                .setOccurredAt(at)
                .setReceivedAt(at);
    }

    WebhookReceived audit(List<String> submissionIds) {
        String body = body();
        return WebhookReceived.newBuilder()
                .setReceiptId(id)
                .setSiteId(site)
                .setSourceId(source)
                .setProvider(provider)
                .setChannel("webhook")
                .setOutcome("accepted")
                .setStatus(202)
                .setContentType("application/json")
                .setBodyBytes(body.getBytes(StandardCharsets.UTF_8).length)
                .setHeaders(Map.of("content-type", "application/json", "user-agent", "Hooks/2.1"))
                .setRemoteIp(PersonalData.of("203.0.113.7"))
                .setBody(PersonalData.of(body))
                .setSubmissionIds(submissionIds)
                .setReceivedAt(at)
                .build();
    }

    ReceiptRecorded receipt(List<String> submissionIds, List<String> factIds) {
        return ReceiptRecorded.newBuilder()
                .setReceiptId(id)
                .setSiteId(site)
                .setChannel("webhook")
                .setSourceId(source)
                .setProvider(provider)
                .setSubmissionIds(submissionIds)
                .setFactIds(factIds)
                .setReceivedAt(at)
                .build();
    }

    private String email() {
        return "ada-" + name + "@bench.example.com";
    }

    private String phone() {
        return "+4930" + (1_000_000 + Math.floorMod(name.hashCode(), 9_000_000));
    }

    /// As [SignedPosts] sends them.
    private String body() {
        return """
        {"first_name":"Ada","last_name":"%1$s","email":"%2$s","phone":"%3$s",\
        "project_name":"Lakeside","utm_source":"search","utm_medium":"cpc",\
        "utm_campaign":"spring","message":"Please call me after five.",\
        "answers":[{"question":"When?","answer":"this month"},{"question":"Budget?",\
        "answer":"250000"}],"page_url":"https://www.example.com/offers?utm_source=search"}\
        """
                .formatted(name, email(), phone());
    }

    private static String oneOf(List<String> names, RandomGenerator random) {
        return names.get(random.nextInt(names.size()));
    }
}
