package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/// `docs/kafka-acls.md` is made from the list; `mvn -pl event-schemas test -Dtest=KafkaGrantsTest
/// -Dupdate` writes it.
class KafkaGrantsTest {

    private static final Path PAGE = Path.of("..", "docs", "kafka-acls.md");

    @Test
    void everyTopicHasAnOwnerThatWritesAndSomebodyWhoReads() {
        for (var topic : Topics.all()) {
            assertThat(who(topic.name(), AclOperation.WRITE))
                    .as("writers of %s", topic.name())
                    .isNotEmpty();
            if (!topic.readers().equals("people")) {
                assertThat(who(topic.name(), AclOperation.READ))
                        .as("readers of %s", topic.name())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void nobodyWritesWhatIsNotTheirOwn() {
        for (var topic : Topics.all()) {
            assertThat(who(topic.name(), AclOperation.WRITE))
                    .as("writers of %s", topic.name())
                    .isEqualTo(KafkaAccount.of(topic.writers()));
        }
        assertThat(who(Topics.LEAD_EVENTS.name(), AclOperation.WRITE))
                .containsExactly(KafkaAccount.COMMAND_API);
    }

    @Test
    void whatIsArchivedIsReadByTheArchive() {
        assertThat(Topics.ARCHIVED)
                .allSatisfy(topic ->
                        assertThat(who(topic.name(), AclOperation.READ))
                                .contains(KafkaAccount.STREAM_JOBS));
    }

    @Test
    void applicationsMayDoNothingToTheCluster() {
        assertThat(KafkaGrants.all())
                .extracting(KafkaGrant::type)
                .containsOnly(
                        ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID);
        assertThat(KafkaGrants.all())
                .flatExtracting(KafkaGrant::operations)
                .doesNotContain(AclOperation.ALL, AclOperation.ALTER, AclOperation.ANY);
        assertThat(KafkaGrants.all()).extracting(KafkaGrant::name).doesNotContain("*", "");
    }

    @Test
    void aNameThatIsNobodysIsFound() {
        assertThatThrownBy(() -> KafkaAccount.of("command-api (intake), lead-api (x)"))
                .hasMessageContaining("lead-api");
        assertThat(KafkaAccount.of("people")).isEmpty();
    }

    @Test
    void commandsAreThoseOfKafkasTool() {
        var told = new ByteArrayOutputStream();
        Acls.run(
                List.of("--principal-prefix", "User:prod-"),
                Map.of(),
                new PrintStream(told, true, StandardCharsets.UTF_8));

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .hasSize(KafkaGrants.all().size())
                .contains(
                        "kafka-acls.sh $KAFKA --add --allow-principal 'User:prod-command-api' --operation Read --operation Write --topic 'lead.commands.v1'",
                        "kafka-acls.sh $KAFKA --add --allow-principal 'User:prod-projectors' --operation Read --operation Delete --group 'sink-' --resource-pattern-type prefixed");
        assertThatThrownBy(() -> Acls.run(List.of("--apply"), Map.of(), System.out))
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        assertThatThrownBy(() -> Acls.run(List.of("--aply"), Map.of(), System.out))
                .hasMessageContaining("--principal-prefix");
    }

    @Test
    void pageSaysWhatTheListSays() throws IOException {
        String page = page();
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    /// Those of the applications; who restores a lost log may write all that is archived.
    private static Set<KafkaAccount> who(String topic, AclOperation operation) {
        return KafkaGrants.all().stream()
                .filter(grant -> grant.account() != KafkaAccount.RESTORE)
                .filter(grant -> grant.type() == ResourceType.TOPIC)
                .filter(grant -> grant.operations().contains(operation))
                .filter(grant ->
                        grant.prefix()
                                ? topic.startsWith(grant.name())
                                : topic.equals(grant.name()))
                .map(KafkaGrant::account)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(KafkaAccount.class)));
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # Rights at the brokers

                        Made from the list (`event-schemas`, class `KafkaGrants`) by `KafkaGrantsTest`; do not edit by hand. Topics come from the
                        [catalogue](events.md): who it names as writer may write, who it names as reader may read. Nobody may do anything to the cluster.

                            ./headwater acls                                  # the same as commands of kafka-acls.sh
                            KAFKA_BOOTSTRAP_SERVERS=… ./headwater acls --apply   # give what is missing, with an account that may

                        How applications are told their accounts: [security](security.md). query-api has none. A name that ends with `*` is a prefix; groups and
                        application ids that settings rename (`LEAD_SCORE_APPLICATION_ID`, `ARCHIVE_GROUP_ID`, `LOG_ARCHIVE_GROUP_ID`) must keep theirs.
                        """);
        for (var account : KafkaAccount.values()) {
            page.append("\n## `").append(account.label()).append("`\n\n");
            page.append("| kind | name | may | of |\n|---|---|---|---|\n");
            KafkaGrants.all().stream()
                    .filter(grant -> grant.account() == account)
                    .map(KafkaGrantsTest::line)
                    .forEach(page::append);
        }
        return page.toString();
    }

    private static String line(KafkaGrant grant) {
        return "| %s | `%s%s` | %s | %s |\n"
                .formatted(
                        switch (grant.type()) {
                            case GROUP -> "group";
                            case TRANSACTIONAL_ID -> "transaction";
                            default -> "topic";
                        },
                        grant.name(),
                        grant.prefix() ? "*" : "",
                        Stream.of(AclOperation.values())
                                .filter(grant.operations()::contains)
                                .map(Acls::word)
                                .collect(Collectors.joining(", ")),
                        grant.why());
    }
}
