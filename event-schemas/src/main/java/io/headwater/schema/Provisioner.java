package io.headwater.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the topics and registers the schemas of the catalogue: once before the first start, again
/// after an upgrade. Safe to repeat at any time; changes nothing that is there.
public final class Provisioner {

    static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final Pattern VIEW = Pattern.compile("(view\\.[a-z_]+)\\.g[0-9]+");
    private static final Pattern FIRST_VIEW = Pattern.compile("(view\\.[a-z_]+)\\.g1");

    /// As long as the admin client itself repeats a call.
    private static final Duration LEADERS_WITHIN = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Provisioner.class);

    private Provisioner() {}

    /// @param partitions of every topic that does not exist yet
    /// @return names of the topics made now
    /// @throws IllegalStateException when the brokers refuse, with their reason
    public static TreeSet<String> provideTopics(
            Brokers brokers, int partitions, short replication) {
        try (var admin = Admin.create(brokers.settings())) {
            var existing = admin.listTopics().names().get();
            var missing = new TreeSet<String>();
            var made = new ArrayList<org.apache.kafka.clients.admin.NewTopic>();
            for (var topic : Topics.all()) {
                if (!existing.contains(topic.name()) && !isReplaced(topic.name(), existing)) {
                    made.add(topic.toNewTopic(partitions, replication));
                    missing.add(topic.name());
                }
            }
            if (!made.isEmpty()) {
                admin.createTopics(made).all().get();
                awaitLeaders(admin, missing, partitions);
            }
            log.atInfo()
                    .addKeyValue("made", missing.size())
                    .addKeyValue("existing", existing.size())
                    .log("topics");
            return missing;
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "cannot provide the topics: " + refused.getCause(), refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while providing the topics", stopped);
        }
    }

    /// Waits until the leader of every partition of a new topic answers.
    ///
    /// @throws ExecutionException when one does not, with its reason
    public static void awaitLeaders(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        awaitLeaders(admin, Set.of(topic), partitions);
    }

    /// Of a view whose first generation is gone there is a later one: its topics come from the
    /// projectors.
    ///
    /// @param existing names of topics
    static boolean isReplaced(String topic, Set<String> existing) {
        var first = FIRST_VIEW.matcher(topic);
        return first.matches()
                && existing.stream()
                        .anyMatch(other -> {
                            var generation = VIEW.matcher(other);
                            return generation.matches()
                                    && generation.group(1).equals(first.group(1));
                        });
    }

    /// Waits until every new partition's leader answers. A producer that is there before it can
    /// lose its first records on the partition after its delivery limit.
    ///
    /// source: KAFKA-15591, open in the 4.2 line
    private static void awaitLeaders(Admin admin, Set<String> topics, int partitions)
            throws ExecutionException, InterruptedException {
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        repeatWhileUnknown(() -> admin.listOffsets(ends).all().get(), LEADERS_WITHIN);
    }

    /// The admin client repeats a call while a leader is being elected, but not while the broker it
    /// asked has not heard of the topic yet: some brokers, and a busy one, hear of it later than
    /// the controller that made it.
    static void repeatWhileUnknown(Question question, Duration limit)
            throws ExecutionException, InterruptedException {
        var start = Instant.now();
        while (true) {
            try {
                question.ask();
                return;
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof UnknownTopicOrPartitionException)
                        || Duration.between(start, Instant.now()).compareTo(limit) > 0) {
                    throw refused;
                }
                Thread.sleep(50);
            }
        }
    }

    interface Question {
        void ask() throws ExecutionException, InterruptedException;
    }

    /// Registers every record type on every topic that allows it, and writes what the registry said
    /// to the cache file. With a cache file that knows every schema the registry is not asked at
    /// all.
    ///
    /// @return how many subjects were registered or confirmed; 0 when the cache knew them all
    /// @throws IOException when the registry does not answer
    public static int provideSchemas(String registryUrl, String cacheFile) throws IOException {
        var ids = RegistrySchemaIds.open(registryUrl, cacheFile);
        var all = new ArrayList<Map.Entry<String, Schema>>();
        for (var topic : Topics.all()) {
            for (Schema schema : topic.schemas()) {
                all.add(Map.entry(topic.name() + "-" + schema.getFullName(), schema));
            }
        }
        Topics.all().stream()
                .flatMap(topic -> topic.schemas().stream())
                .distinct()
                .forEach(schema -> all.add(Map.entry(schema.getFullName(), schema)));
        for (var state : Topics.STATE) {
            Schema schema = SpecificData.get().getSchema(state);
            all.add(Map.entry(schema.getFullName(), schema));
        }
        if (all.stream().allMatch(entry -> ids.knows(entry.getValue()))) {
            log.atInfo().addKeyValue("schemas", all.size()).log("schemas known from the cache");
            return 0;
        }
        ids.requireCompatibility(COMPATIBILITY);
        for (var entry : all) {
            ids.register(entry.getKey(), entry.getValue());
        }
        if (!cacheFile.isEmpty()) {
            ids.writeCache(Path.of(cacheFile));
        }
        log.atInfo().addKeyValue("subjects", all.size()).log("schemas registered");
        return all.size();
    }
}
