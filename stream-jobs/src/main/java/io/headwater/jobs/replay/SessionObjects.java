package io.headwater.jobs.replay;

import io.headwater.events.Pii;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SessionFolder;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// A batch of tracking records as objects: `meta.json` of each session that started or was imported, and one object
/// of events per session and partition.
///
///     {folder}/meta.json
///     {folder}/events/{received ms of the first record}-{partition}-{offset of the first record}.json
///
/// Keys and `meta.json` depend on records only, so writing a record again writes the same key. Every
/// event carries `partition`, `offset` and `index`, which together are its identity. IP address and
/// user agent are personal data that a replay does not need: they are left out.
final class SessionObjects {

    private final JsonMapper json = JsonMapper.builder().build();

    /// @param batch in offset order within each partition, opened
    List<ArchiveObject> of(List<TrackingRecord> batch) {
        var objects = new ArrayList<ArchiveObject>();
        var sessions = new LinkedHashMap<Place, List<TrackingRecord>>();
        for (var record : batch) {
            if (record.value() instanceof SessionImported past) {
                objects.add(ImportedMeta.of(record, past, json));
                continue;
            }
            String sessionId = sessionId(record);
            if (record.value() instanceof SessionStarted started) {
                String folder = SessionFolder.of(sessionId, started.getReceivedAt());
                objects.add(
                        new ArchiveObject(
                                folder + "meta.json",
                                meta(record, started),
                                sessionId,
                                record.partition(),
                                0));
            }
            var place =
                    new Place(
                            record.partition(),
                            sessionId,
                            SessionFolder.of(sessionId, receivedAt(record)));
            sessions.computeIfAbsent(place, unseen -> new ArrayList<>()).add(record);
        }
        sessions.forEach((place, records) -> objects.add(events(place, records)));
        return objects;
    }

    private record Place(int partition, String sessionId, String folder) {}

    private ArchiveObject events(Place place, List<TrackingRecord> records) {
        var first = records.getFirst();
        var out = new ByteArrayOutputStream(512);
        int count = 0;
        try (var generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringProperty("session_id", place.sessionId());
            generator.writeNumberProperty("partition", place.partition());
            generator.writeNumberProperty("first_offset", first.offset());
            generator.writeNumberProperty("last_offset", records.getLast().offset());
            generator.writeArrayPropertyStart("events");
            for (var record : records) {
                count += write(generator, record);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
        String key =
                "%sevents/%d-%d-%d.json"
                        .formatted(
                                place.folder(),
                                receivedAt(first).toEpochMilli(),
                                place.partition(),
                                first.offset());
        return new ArchiveObject(
                key, out.toByteArray(), place.sessionId(), place.partition(), count);
    }

    private int write(JsonGenerator generator, TrackingRecord record) {
        switch (record.value()) {
            case SessionStarted started -> {
                begin(generator, record, 0, "session_started", started.getStartedAt());
                write(generator, "page", shown(started.getPageAsSent(), started.getPage()));
                generator.writeEndObject();
                return 1;
            }
            case SessionEnded ended -> {
                begin(generator, record, 0, "session_ended", ended.getEndedAt());
                write(generator, "page", shown(ended.getExitPageAsSent(), ended.getExitPage()));
                generator.writeEndObject();
                return 1;
            }
            case EventsTracked tracked -> {
                var details = EventDetails.of(tracked, json);
                int index = 0;
                for (var event : tracked.getEvents()) {
                    begin(generator, record, index, event.getType(), event.getOccurredAt());
                    details(generator, event, details.get(index++));
                    generator.writeEndObject();
                }
                return index;
            }
            default -> throw new IllegalArgumentException("not a tracking record: " + record);
        }
    }

    private static void begin(
            JsonGenerator generator, TrackingRecord record, int index, String type, Instant at) {
        generator.writeStartObject();
        generator.writeNumberProperty("partition", record.partition());
        generator.writeNumberProperty("offset", record.offset());
        generator.writeNumberProperty("index", index);
        generator.writeStringProperty("type", type);
        generator.writeNumberProperty("timestamp", at.toEpochMilli());
        generator.writeNumberProperty("received_at", receivedAt(record).toEpochMilli());
    }

    private void details(JsonGenerator generator, TrackedEvent event, EventDetails details) {
        write(generator, "event_id", event.getEventId());
        write(generator, "window_id", event.getWindowId());
        write(generator, "seq", event.getSeq());
        write(generator, "page", shown(event.getPageAsSent(), event.getPage()));
        write(generator, "x", event.getX());
        write(generator, "y", event.getY());
        write(generator, "element", details.element());
        Double scroll = event.getScrollPercent();
        if (scroll != null) {
            generator.writeNumberProperty("scroll_percent", scroll);
        }
        String data = details.data();
        if (data != null) {
            generator.writeName("data");
            if (isJson(data)) {
                // as it came: numbers beyond 2^53 keep their digits
                generator.writeRawValue(data);
            } else {
                generator.writeString(data);
            }
        }
    }

    private byte[] meta(TrackingRecord record, SessionStarted started) {
        var out = new ByteArrayOutputStream(512);
        try (var generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringProperty("session_id", started.getSessionId());
            generator.writeStringProperty("visitor_id", started.getVisitorId());
            generator.writeStringProperty("device_id", started.getDeviceId());
            generator.writeStringProperty("site_id", started.getSiteId());
            generator.writeNumberProperty("started_at", started.getStartedAt().toEpochMilli());
            write(generator, "page", shown(started.getPageAsSent(), started.getPage()));
            write(generator, "referrer", shown(started.getReferrerAsSent(), started.getReferrer()));
            write(generator, "utm_source", started.getUtmSource());
            write(generator, "utm_medium", started.getUtmMedium());
            write(generator, "utm_campaign", started.getUtmCampaign());
            write(generator, "utm_term", started.getUtmTerm());
            write(generator, "utm_content", started.getUtmContent());
            generator.writeStringProperty("device_type", started.getDeviceType());
            write(generator, "platform", started.getPlatform());
            write(generator, "language", started.getLanguage());
            write(generator, "country", started.getCountry());
            write(generator, "screen_width", started.getScreenWidth());
            write(generator, "screen_height", started.getScreenHeight());
            generator.writeNumberProperty("partition", record.partition());
            generator.writeNumberProperty("offset", record.offset());
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    /// The address of a page, whole where it is known.
    static @Nullable String shown(@Nullable Pii asSent, @Nullable String shown) {
        return asSent == null ? shown : PersonalData.opened(asSent);
    }

    private static void write(JsonGenerator generator, String name, @Nullable String value) {
        if (value != null) {
            generator.writeStringProperty(name, value);
        }
    }

    private static void write(JsonGenerator generator, String name, @Nullable Integer value) {
        if (value != null) {
            generator.writeNumberProperty(name, value);
        }
    }

    private static void write(JsonGenerator generator, String name, @Nullable Long value) {
        if (value != null) {
            generator.writeNumberProperty(name, value);
        }
    }

    private boolean isJson(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (JacksonException broken) {
            return false;
        }
    }

    private static String sessionId(TrackingRecord record) {
        return switch (record.value()) {
            case SessionStarted started -> started.getSessionId();
            case EventsTracked tracked -> tracked.getSessionId();
            case SessionEnded ended -> ended.getSessionId();
            default -> throw new IllegalArgumentException("not a tracking record: " + record);
        };
    }

    private static Instant receivedAt(TrackingRecord record) {
        return switch (record.value()) {
            case SessionStarted started -> started.getReceivedAt();
            case EventsTracked tracked -> tracked.getReceivedAt();
            case SessionEnded ended -> ended.getReceivedAt();
            default -> throw new IllegalArgumentException("not a tracking record: " + record);
        };
    }
}
