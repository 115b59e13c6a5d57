package io.headwater.command.intake;

import io.headwater.command.intake.hydration.Hydrations;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.Pipelines;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.events.access.BlockIp;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.Submission;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Writes what one request carried, all or nothing: its audit, its receipt, a command per item.
@Component
public final class Intake {

    private final IntakeLog log;
    private final AccessDirectory directory;
    private final SecureRandom random = new SecureRandom();
    private final Counter submissionsReceived;
    private final Counter factsReceived;

    Intake(IntakeLog log, AccessDirectory directory, MeterRegistry meters) {
        this.log = log;
        this.directory = directory;
        this.submissionsReceived = meters.counter("intake.submissions.received");
        this.factsReceived = meters.counter("intake.facts.received");
    }

    public String newId(Instant at) {
        return Ids.next(at, random);
    }

    /// Returns once everything is committed.
    ///
    /// @param submissions become commands whose id is the submission's
    /// @throws io.headwater.command.platform.web.ProblemException 503 when that was not confirmed,
    ///   413 when it is too large to be kept
    public void append(
            WebhookReceived.Builder audit,
            Receipt receipt,
            List<Submission> submissions,
            List<ProviderFact> facts) {
        append(audit, receipt, submissions, facts, List.of(), List.of());
    }

    /// @param blocks of addresses, that follow from what the request carried
    /// @param thin submissions that are fetched first; they are received all the same
    public void append(
            WebhookReceived.Builder audit,
            Receipt receipt,
            List<Submission> submissions,
            List<ProviderFact> facts,
            List<BlockIp> blocks,
            List<Submission> thin) {
        String site = receipt.siteId();
        var records = new ArrayList<ProducerRecord<String, SpecificRecord>>();
        var ids =
                Stream.concat(submissions.stream(), thin.stream())
                        .map(Submission::getSubmissionId)
                        .toList();
        records.add(
                new ProducerRecord<>(
                        Topics.INTAKE_WEBHOOKS.name(),
                        site,
                        audit.setSubmissionIds(ids)
                                .setFactIds(facts.stream().map(ProviderFact::getFactId).toList())
                                .build()));
        for (var block : blocks) {
            records.add(
                    new ProducerRecord<>(Topics.ACCESS_COMMANDS.name(), Topics.ACCESS_KEY, block));
        }
        if (!ids.isEmpty() || !facts.isEmpty()) {
            records.add(
                    new ProducerRecord<>(
                            Topics.INTAKE_RECEIPTS.name(), site, receiptOf(receipt, ids, facts)));
        }
        var pipeline = Pipelines.of(directory, site);
        for (var submission : submissions) {
            records.add(
                    command(
                            site,
                            CaptureLead.newBuilder()
                                    .setCommandId(submission.getSubmissionId())
                                    .setSubmission(submission)
                                    .setPipeline(pipeline)
                                    .build()));
        }
        for (var submission : thin) {
            records.add(Hydrations.of(submission));
        }
        for (var fact : facts) {
            records.add(
                    command(
                            site,
                            RecordFact.newBuilder()
                                    .setCommandId(newId(receipt.receivedAt()))
                                    .setFact(fact)
                                    .setPipeline(pipeline)
                                    .build()));
        }
        try {
            log.append(records).join();
        } catch (CompletionException failed) {
            throw switch (failed.getCause()) {
                case IllegalArgumentException _ ->
                        ProblemType.BODY_TOO_LARGE
                                .with("The parsed body is larger than what can be kept.")
                                .asException();
                case LogUnavailableException _ ->
                        Problems.unconfirmed(
                                        "It may have been stored all the same; send it again, a"
                                                + " repeat is recognised.")
                                .asException();
                case RuntimeException known -> known;
                case null, default -> failed;
            };
        }
        submissionsReceived.increment(ids.size());
        factsReceived.increment(facts.size());
    }

    private static ProducerRecord<String, SpecificRecord> command(
            String site, SpecificRecord command) {
        return new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), site, command);
    }

    private static ReceiptRecorded receiptOf(
            Receipt receipt, List<String> submissionIds, List<ProviderFact> facts) {
        return ReceiptRecorded.newBuilder()
                .setReceiptId(receipt.receiptId())
                .setSiteId(receipt.siteId())
                .setChannel(receipt.channel())
                .setSourceId(receipt.sourceId())
                .setProvider(receipt.provider())
                .setFormId(receipt.formId())
                .setIntegrationId(receipt.integrationId())
                .setSubmissionIds(submissionIds)
                .setFactIds(facts.stream().map(ProviderFact::getFactId).toList())
                .setReceivedAt(receipt.receivedAt())
                .build();
    }
}
