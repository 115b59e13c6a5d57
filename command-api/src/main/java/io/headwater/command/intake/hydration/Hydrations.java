package io.headwater.command.intake.hydration;

import io.headwater.command.intake.provider.Notification;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.events.intake.HydrateLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The job of fetching one lead, as a record to be appended with whatever else happens.
public final class Hydrations {

    private Hydrations() {}

    /// @param thin as judged: that it names nobody yet is no problem of it
    public static ProducerRecord<String, SpecificRecord> of(Submission thin) {
        var waiting =
                ProblemType.NO_IDENTITY.slug().equals(thin.getProblem())
                        ? Submission.newBuilder(thin)
                                .setProblem(null)
                                .setProblemDetail(null)
                                .build()
                        : thin;
        return record(
                HydrateLead.newBuilder()
                        .setSubmission(waiting)
                        .setRequestedAt(thin.getReceivedAt())
                        .setDueAt(thin.getReceivedAt())
                        .build());
    }

    static ProducerRecord<String, SpecificRecord> record(HydrateLead job) {
        return new ProducerRecord<>(
                Topics.INTAKE_HYDRATIONS.name(), job.getSubmission().getSiteId(), job);
    }

    /// @return whether all that is known of the submission is what a provider calls it, so that
    ///   letting it in means to fetch it
    public static boolean isThin(Submission submission) {
        String payload = PersonalData.open(submission.getPayload());
        if (payload == null || !payload.contains("\"hydrated\":null")) {
            return false;
        }
        try {
            var kept = Json.read(payload);
            var notification = Notification.in(kept);
            return notification.event() != kept && !notification.isHydrated();
        } catch (UnreadableBodyException notOne) {
            return false;
        }
    }
}
