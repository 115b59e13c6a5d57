package io.headwater.command.access;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.state.FoldCheck;
import io.headwater.events.access.AddDomain;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.MapSource;
import io.headwater.events.access.RemoveIp;
import io.headwater.events.access.RemoveSource;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AccessDeciderTest {

    private Topology topology;
    private TopologyTestDriver driver;
    private TestInputTopic<String, SpecificRecord> commands;
    private TestOutputTopic<String, SpecificRecord> events;
    private TestOutputTopic<String, SpecificRecord> results;
    private FoldCheck<?, ?> history;
    private final List<SpecificRecord> decided = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path stateDir) {
        var ids = TestSchemas.ids();
        var serde = new AvroSerde<SpecificRecord>(ids);
        var names = TestVaultKeys.names();
        history = new FoldCheck<>(AccessHistory.of(ids, names));
        topology =
                AccessDecider.of(ids, names)
                        .topology(new DeciderMetrics(new SimpleMeterRegistry(), "access"));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "access-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(topology, settings, NOON);
        commands =
                driver.createInputTopic(
                        Topics.ACCESS_COMMANDS.name(), new StringSerializer(), serde);
        events =
                driver.createOutputTopic(
                        Topics.ACCESS_EVENTS.name(), new StringDeserializer(), serde);
        results =
                driver.createOutputTopic(
                        Topics.COMMAND_RESULTS.name(), new StringDeserializer(), serde);
    }

    @AfterEach
    void storesAreWhatTheEventsMakeOfThem() {
        var differences = history.differences(driver::getKeyValueStore, NOON);
        driver.close();
        assertThat(differences).isEmpty();
    }

    private CommandResult decide(SpecificRecord command) {
        commands.pipeInput(Topics.ACCESS_KEY, command, NOON);
        var more = events.readRecordsToList();
        history.add(more);
        more.forEach(event -> decided.add(event.value()));
        return (CommandResult) results.readValue();
    }

    private static CreateSite site(String command, String id, String key) {
        return new CreateSite(command, id, id, key, List.of(), NOON);
    }

    @Test
    void siteKeysAreUniqueOverAllSites() {
        assertThat(decide(site("c1", "one", "pk")).getOutcome()).isEqualTo("created");
        var second = decide(site("c2", "two", "pk"));
        assertThat(second.getOutcome()).isEqualTo("refused");
        assertThat(second.getCode()).isEqualTo("site-key-taken");
        assertThat(decided).singleElement().isInstanceOf(SiteCreated.class);
        assertThat(decide(site("c3", "two", "pk2")).getOutcome()).isEqualTo("created");
    }

    @Test
    void refusedSiteClaimsNothing() {
        decide(site("c1", "one", "pk"));
        assertThat(decide(site("c2", "one", "free")).getCode()).isEqualTo("site-exists");
        assertThat(decide(site("c3", "two", "free")).getOutcome()).isEqualTo("created");
    }

    @Test
    void sourceIdsAreUniqueOverAllSites() {
        decide(site("c1", "one", "pk1"));
        decide(site("c2", "two", "pk2"));
        assertThat(decide(source("c3", "one")).getOutcome()).isEqualTo("created");
        assertThat(decide(source("c4", "two")).getCode()).isEqualTo("source-exists");
    }

    private static CreateSource source(String command, String site) {
        return CreateSource.newBuilder()
                .setCommandId(command)
                .setSiteId(site)
                .setSourceId("source")
                .setName("Stripe")
                .setProvider("stripe")
                .setRequestedAt(NOON)
                .build();
    }

    private static BlockIp block(String command, String ip, @Nullable Instant until) {
        return new BlockIp(command, "one", PersonalData.of(ip), "test", until, "system", NOON);
    }

    private static AllowIp allow(String command, String ip) {
        return new AllowIp(
                command, "one", PersonalData.of(ip), "testing", "test", null, "system", NOON);
    }

    @Test
    void addressIsOnOneListOnly() {
        decide(site("c1", "one", "pk1"));
        assertThat(decide(block("c2", "203.0.113.7", null)).getOutcome()).isEqualTo("blocked");

        var both = decide(allow("c3", "203.0.113.0/24"));

        assertThat(both.getCode()).isEqualTo("ip-on-both-lists");
        assertThat(both.getDetail()).contains("line c2 of the block list").doesNotContain("203.");
        assertThat(decide(allow("c4", "203.0.114.0/24")).getOutcome()).isEqualTo("allowed");
        assertThat(decide(block("c5", "203.0.114.9", null)).getCode())
                .isEqualTo("ip-on-both-lists");
        var removed =
                decide(new RemoveIp("c6", "one", "c2", PersonalData.of("203.0.113.7"), "x", NOON));
        assertThat(removed.getOutcome()).isEqualTo("removed");
        assertThat(decide(allow("c7", "203.0.113.0/24")).getOutcome()).isEqualTo("allowed");
    }

    @Test
    void blockGetsLongerNeverShorter() {
        decide(site("c1", "one", "pk1"));
        decide(block("c2", "2001:db8::/64", NOON.plusSeconds(60)));
        assertThat(decide(block("c3", "2001:db8::/64", NOON.plusSeconds(30))).getOutcome())
                .isEqualTo("kept");
        var longer = decide(block("c4", "2001:db8::/64", NOON.plusSeconds(90)));
        assertThat(longer.getOutcome()).isEqualTo("blocked");
        assertThat(longer.getValues()).containsEntry("entry_id", "c2");
    }

    @Test
    void endedLineIsInNobodysWay() {
        decide(site("c1", "one", "pk1"));
        decide(block("c2", "203.0.113.7", NOON.minusSeconds(1)));
        assertThat(decide(allow("c3", "203.0.113.7")).getOutcome()).isEqualTo("allowed");
    }

    @Test
    void whatIsNoAddressIsPutAside() {
        commands.pipeInput(Topics.ACCESS_KEY, block("c1", "localhost", null), NOON);
        assertThat(results.isEmpty()).isTrue();
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void siteSurvivesItsStore() {
        decide(site("c1", "one", "pk1"));
        decide(source("c2", "one"));
        var mapped =
                decide(
                        new MapSource(
                                "c3", "one", "source", 1L, Map.of("email", "e"), "system", NOON));
        assertThat(mapped.getOutcome()).isEqualTo("mapped");
        assertThat(decide(new RemoveSource("c4", "one", "source", 1L, "system", NOON)).getCode())
                .isEqualTo("stale-version");
        assertThat(decide(new RemoveSource("c5", "one", "source", 2L, "system", NOON)).getOutcome())
                .isEqualTo("removed");
    }

    @Test
    void sameCommandTwiceIsOneSite() {
        var first = decide(site("c1", "one", "pk"));
        var second = decide(site("c1", "one", "pk"));
        assertThat(second).isEqualTo(first);
        assertThat(decided).hasSize(1);
    }

    @Test
    void nothingIsAddedToAnUnknownSite() {
        var result = decide(new AddDomain("c1", "nowhere", "d1", "example.org", NOON));
        assertThat(result.getCode()).isEqualTo("unknown-site");
        assertThat(decided).isEmpty();
    }

    @Test
    void graphIsAsReviewed() throws IOException {
        var golden = Path.of("src/test/resources/access/AccessDecider.txt");
        assertThat(topology.describe().toString()).isEqualTo(Files.readString(golden));
    }
}
