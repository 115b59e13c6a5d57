package io.headwater.projectors;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What the tables must say of one site, counted from the topics by itself: it uses nothing of the
/// folds.
///
/// @param events of visits, as `traffic` adds them up
/// @param sessions that have a record
/// @param pages views by page
/// @param bySession events of each session
/// @param leads ids
record TopicCount(
        long events,
        long sessions,
        Map<String, Long> pages,
        Map<String, Long> bySession,
        List<String> leads) {

    private static final Duration POLL = Duration.ofMillis(200);

    static TopicCount of(Platform platform, String site) {
        var sites = new HashMap<String, String>();
        var pages = new TreeMap<String, Long>();
        var bySession = new TreeMap<String, Long>();
        var leads = new TreeSet<String>();
        for (SpecificRecord record : read(platform)) {
            switch (record) {
                case SessionStarted e -> {
                    sites.put(e.getSessionId(), e.getSiteId());
                    if (e.getSiteId().equals(site)) {
                        bySession.merge(e.getSessionId(), 0L, Long::sum);
                    }
                }
                case EventsTracked e when site.equals(sites.get(e.getSessionId())) ->
                        e.getEvents()
                                .forEach(event -> {
                                    bySession.merge(e.getSessionId(), 1L, Long::sum);
                                    if (event.getType().equals("page_view")) {
                                        pages.merge(event.getPage(), 1L, Long::sum);
                                    }
                                });
                case LeadCaptured e when e.getSubmission().getSiteId().equals(site) ->
                        leads.add(e.getLeadId());
                default -> {}
            }
        }
        long events = bySession.values().stream().mapToLong(one -> one).sum();
        return new TopicCount(events, bySession.size(), pages, bySession, List.copyOf(leads));
    }

    /// In the order of each partition; a session is in one.
    private static Iterable<SpecificRecord> read(Platform platform) {
        var records = new ArrayList<SpecificRecord>();
        var serde = new AvroSerde<SpecificRecord>(platform.ids());
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrap()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            for (var topic : List.of(Topics.TRACKING_EVENTS, Topics.LEAD_EVENTS)) {
                var partitions =
                        consumer.partitionsFor(topic.name()).stream()
                                .map(one -> new TopicPartition(topic.name(), one.partition()))
                                .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                var ends = consumer.endOffsets(partitions);
                while (ends.entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                    for (var record : consumer.poll(POLL)) {
                        records.add(serde.deserialize(topic.name(), record.value()));
                    }
                }
            }
        }
        return records;
    }

    /// What the tables say.
    static TopicCount tables(Platform platform, String site) {
        var jdbc = platform.jdbc();
        long events =
                jdbc.sql(
                                "select coalesce(sum(events), 0)::bigint from read.traffic_15m where site_id = ?")
                        .param(site)
                        .query(Long.class)
                        .single();
        long sessions =
                jdbc.sql(
                                "select coalesce(sum(sessions), 0)::bigint from read.traffic_15m where site_id = ?")
                        .param(site)
                        .query(Long.class)
                        .single();
        return new TopicCount(
                events,
                sessions,
                sums(
                        platform,
                        "select page, sum(views)::bigint from read.page_views_15m where site_id = ? group by 1",
                        site),
                sums(
                        platform,
                        "select session_id, event_count::bigint from read.sessions where site_id = ?",
                        site),
                jdbc
                        .sql("select lead_id from read.leads where site_id = ? order by 1")
                        .param(site)
                        .query(String.class)
                        .list()
                        .stream()
                        .sorted()
                        .map(String::valueOf)
                        .toList());
    }

    private static Map<String, Long> sums(Platform platform, String sql, String site) {
        var sums = new TreeMap<String, Long>();
        platform.jdbc()
                .sql(sql)
                .param(site)
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .forEach(one -> sums.put(one.getKey(), one.getValue()));
        return sums;
    }
}
