package io.headwater.command.edge;

import io.headwater.command.TestLog;
import io.headwater.command.intake.preset.Fixture;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of deliveries, by source; and what must become of a fixture. Each outcome is a line,
/// sorted.
record LeadOutcomes(Map<String, List<String>> lines, Map<String, String> payloads) {

    static LeadOutcomes read(TestLog log) {
        var all = new LeadOutcomes(new HashMap<>(), new HashMap<>());
        for (var record : log.read(Topics.LEAD_EVENTS.name())) {
            switch (record.value()) {
                case LeadCaptured event -> all.add("lead", event.getSubmission());
                case LeadResubmitted event -> all.add("lead", event.getSubmission());
                case SubmissionTested event -> all.add("test", event.getSubmission());
                case SubmissionDuplicated event -> all.add("duplicate", event.getSubmission());
                case SubmissionQuarantined event ->
                        all.add("quarantined " + event.getCode(), event.getSubmission());
                case FactRecorded event -> all.add(event.getFact());
                default -> {}
            }
        }
        return all;
    }

    /// In order of their text.
    List<String> of(String source) {
        return lines.getOrDefault(source, List.of()).stream().sorted().toList();
    }

    /// @return all payloads of the source, as they are kept
    String payloads(String source) {
        return payloads.getOrDefault(source, "");
    }

    private void add(String outcome, Submission submission) {
        String name =
                joined(
                        PersonalData.open(submission.getFirstName()),
                        PersonalData.open(submission.getLastName()),
                        PersonalData.open(submission.getFullName()));
        add(
                submission.getSourceId(),
                person(
                        outcome,
                        PersonalData.open(submission.getEmail()),
                        PersonalData.open(submission.getPhone()),
                        name),
                PersonalData.open(submission.getPayload()));
    }

    private void add(ProviderFact fact) {
        String line =
                "fact %s %s %s %s %s"
                        .formatted(
                                fact.getKind(),
                                fact.getExternalRef(),
                                PersonalData.open(fact.getEmail()),
                                fact.getAmountMinor(),
                                fact.getCurrency());
        add(fact.getSourceId(), line, PersonalData.open(fact.getPayload()));
    }

    private void add(@Nullable String source, String line, @Nullable String payload) {
        lines.computeIfAbsent(String.valueOf(source), _ -> new ArrayList<>()).add(line);
        payloads.merge(String.valueOf(source), String.valueOf(payload), String::concat);
    }

    private static String joined(@Nullable String... parts) {
        var known = new ArrayList<String>();
        for (String part : parts) {
            if (part != null) {
                known.add(part);
            }
        }
        return String.join(" ", known);
    }

    private static String person(
            String outcome, @Nullable String email, @Nullable String phone, String name) {
        return "%s %s %s %s"
                .formatted(
                        outcome, email, phone == null ? null : phone.replaceAll("\\D", ""), name);
    }

    static List<String> expected(Fixture fixture) {
        return Stream.concat(
                        submissions(fixture.told().path("submissions")).stream(),
                        fixture.told().path("facts").valueStream().map(LeadOutcomes::fact))
                .sorted()
                .toList();
    }

    /// The second of one id is a duplicate of the first, whatever became of that.
    private static List<String> submissions(JsonNode items) {
        var ids = new HashSet<String>();
        var lines = new ArrayList<String>();
        for (JsonNode item : items) {
            String id = Json.text(item.get("provider_id"));
            lines.add(line(item, id != null && !ids.add(id)));
        }
        return lines;
    }

    private static String line(JsonNode item, boolean repeated) {
        JsonNode fields = item.path("fields");
        String email = Json.text(fields.get("email"));
        String phone = Json.text(fields.get("phone_mobile"));
        phone = phone == null ? Json.text(fields.get("phone")) : phone;
        String name =
                joined(
                        Json.text(fields.get("first_name")),
                        Json.text(fields.get("last_name")),
                        Json.text(fields.get("full_name")));
        String outcome = repeated ? "duplicate" : outcome(item, email == null && phone == null);
        return person(outcome, email, phone, name);
    }

    private static String outcome(JsonNode item, boolean nobody) {
        if (item.has("problem")) {
            return "quarantined " + item.path("problem").asString();
        }
        if (item.has("thin")) {
            return "quarantined hydration-failed";
        }
        if (item.path("fields").has("test")) {
            return "test";
        }
        return nobody ? "quarantined no-identity" : "lead";
    }

    private static String fact(JsonNode item) {
        return "fact %s %s %s %s %s"
                .formatted(
                        item.path("kind").asString(),
                        Json.text(item.get("external_ref")),
                        Json.text(item.get("email")),
                        Json.text(item.get("amount_minor")),
                        Json.text(item.get("currency")));
    }
}
