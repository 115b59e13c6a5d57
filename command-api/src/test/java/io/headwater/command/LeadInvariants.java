package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.EventMeta;
import io.headwater.events.command.CommandResult;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;

/// What must hold of the topics after any fault, however often something died.
public final class LeadInvariants {

    private final List<SpecificRecord> events;
    private final List<CommandResult> results;
    private final List<ReceiptRecorded> receipts;
    private final List<SpecificRecord> commands;

    public LeadInvariants(TestLog log) {
        events = log.read(Topics.LEAD_EVENTS.name()).stream().map(r -> r.value()).toList();
        results = log.values(Topics.COMMAND_RESULTS.name(), CommandResult.class);
        receipts = log.values(Topics.INTAKE_RECEIPTS.name(), ReceiptRecorded.class);
        commands = log.read(Topics.LEAD_COMMANDS.name()).stream().map(r -> r.value()).toList();
    }

    /// Each command id was answered, and with one content however often.
    public void requireOneResultPerCommand() {
        Set<String> ids =
                commands.stream()
                        .map(command -> String.valueOf(field(command, "command_id")))
                        .collect(Collectors.toSet());
        var answers = new HashMap<String, CommandResult>();
        results.stream()
                .filter(result -> ids.contains(result.getCommandId()))
                .forEach(result -> {
                    var first = answers.putIfAbsent(result.getCommandId(), result);
                    assertThat(result).isEqualTo(first == null ? result : first);
                });
        assertThat(answers.keySet()).isEqualTo(ids);
        assertThat(results.stream().filter(result -> ids.contains(result.getCommandId())))
                .hasSameSizeAs(commands);
    }

    /// 1, 2, 3 … per lead, and no event twice.
    public void requireWholeSequences() {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (var event : events) {
            var meta = (EventMeta) field(event, "meta");
            sequences
                    .computeIfAbsent(meta.getAggregateId(), _ -> new ArrayList<>())
                    .add(meta.getSequence());
        }
        sequences.forEach((lead, numbers) ->
                assertThat(numbers)
                        .as(lead)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
        assertThat(events.stream().map(event -> ((EventMeta) field(event, "meta")).getEventId()))
                .doesNotHaveDuplicates();
    }

    /// What was received became something once: the sum that doubles and losses would change.
    public void requireBalancedAccounts() {
        var received =
                receipts.stream().flatMap(receipt -> receipt.getSubmissionIds().stream()).toList();
        var decided =
                events.stream()
                        .filter(event -> event.getSchema().getField("submission") != null)
                        .map(event -> (SpecificRecord) field(event, "submission"))
                        .map(submission -> String.valueOf(field(submission, "submission_id")))
                        .toList();
        assertThat(decided).containsExactlyInAnyOrderElementsOf(received);
    }

    /// @param emails of people who submitted: each is one lead
    public void requireLeads(Collection<String> emails) {
        assertThat(people()).containsExactlyInAnyOrderElementsOf(emails);
    }

    public List<String> people() {
        return events.stream()
                .filter(LeadCaptured.class::isInstance)
                .map(LeadCaptured.class::cast)
                .map(lead -> lead.getSubmission().getEmail())
                .map(PersonalData::open)
                .map(String::valueOf)
                .toList();
    }

    public <K> Map<K, Long> countEvents(Function<SpecificRecord, K> key) {
        return events.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    public int resultCount() {
        return results.size();
    }

    private static Object field(SpecificRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }
}
