package io.headwater.jobs.replay;

import io.headwater.events.tracking.SessionImported;
import io.headwater.schema.SessionFolder;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `meta.json` of a visit that another system recorded: there are no events, so that is all of it.
final class ImportedMeta {

    private ImportedMeta() {}

    static ArchiveObject of(TrackingRecord record, SessionImported past, JsonMapper json) {
        ObjectNode meta = json.createObjectNode();
        meta.put("session_id", past.getSessionId());
        meta.put("imported", true);
        meta.put("external_id", past.getExternalId());
        meta.put("visitor_id", past.getVisitorId());
        meta.put("site_id", past.getSiteId());
        meta.put("started_at", past.getStartedAt().toEpochMilli());
        meta.put("ended_at", past.getEndedAt().toEpochMilli());
        meta.put("page", SessionObjects.shown(past.getEntryPageAsSent(), past.getEntryPage()));
        meta.put("device_type", past.getDeviceType());
        meta.put("country", past.getCountry());
        meta.put("partition", record.partition());
        meta.put("offset", record.offset());
        Instant received = past.getReceivedAt();
        String folder = SessionFolder.of(past.getSessionId(), received);
        return new ArchiveObject(
                folder + "meta.json",
                json.writeValueAsBytes(meta),
                past.getSessionId(),
                record.partition(),
                0);
    }
}
