package io.headwater.schema;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/// Who may do what at the brokers, and nothing besides: topics from the catalogue, by its writers
/// and readers; groups, transactions and internal topics by the prefixes that each application
/// gives their names.
///
/// `docs/kafka-acls.md` is made of it, [Acls] applies it, and `SecuredKafkaIT` of the launcher runs
/// the applications with it and nothing more.
public final class KafkaGrants {

    private static final AclOperation[] OF_STREAMS = {CREATE, READ, WRITE, DESCRIBE, DELETE};

    private KafkaGrants() {}

    /// In the order of accounts, then as they are to be read.
    public static List<KafkaGrant> all() {
        var grants = new ArrayList<KafkaGrant>();
        for (var account : KafkaAccount.values()) {
            catalogue(account, grants);
            switch (account) {
                case COMMAND_API -> commandApi(grants);
                case STREAM_JOBS -> streamJobs(grants);
                case PROJECTORS -> projectors(grants);
                case PROVISION -> provision(grants);
                case RESTORE -> restore(grants);
            }
        }
        return List.copyOf(grants);
    }

    /// @param principalPrefix of the accounts' principals, for example `User:`
    public static List<AclBinding> bindings(String principalPrefix) {
        return all().stream().flatMap(grant -> grant.bindings(principalPrefix)).distinct().toList();
    }

    private static void catalogue(KafkaAccount account, List<KafkaGrant> grants) {
        for (var topic : Topics.FACTS) {
            var operations = EnumSet.noneOf(AclOperation.class);
            if (KafkaAccount.of(topic.writers()).contains(account)) {
                operations.add(WRITE);
            }
            if (KafkaAccount.of(topic.readers()).contains(account)) {
                operations.add(READ);
            }
            if (!operations.isEmpty()) {
                grants.add(
                        new KafkaGrant(
                                account, TOPIC, topic.name(), false, operations, "catalogue"));
            }
        }
        Topics.projections().stream()
                .sorted()
                .map(name -> Topics.view(name, 1))
                .filter(view -> account != KafkaAccount.PROJECTORS)
                .filter(view -> KafkaAccount.of(view.readers()).contains(account))
                .forEach(view ->
                        grants.add(
                                prefix(
                                        account,
                                        TOPIC,
                                        view.name().substring(0, view.name().length() - 1),
                                        "catalogue; any generation",
                                        READ)));
    }

    private static void commandApi(List<KafkaGrant> grants) {
        var account = KafkaAccount.COMMAND_API;
        grants.add(prefix(account, TOPIC, "decider-", "stores of the deciders", OF_STREAMS));
        grants.add(prefix(account, GROUP, "decider-", "deciders, rebuild-state", READ, DELETE));
        grants.add(prefix(account, GROUP, "command-api-", "hydration, erasures", READ));
        grants.add(transactions(account, "decider-", "deciders"));
        grants.add(transactions(account, "command-api-intake-", "intake, one for each instance"));
        grants.add(transactions(account, "rebuild-state-", "rebuild-state"));
    }

    private static void streamJobs(List<KafkaGrant> grants) {
        var account = KafkaAccount.STREAM_JOBS;
        grants.add(prefix(account, TOPIC, "stream-jobs-", "stores of the jobs", OF_STREAMS));
        grants.add(prefix(account, GROUP, "stream-jobs-", "jobs and archives", READ));
        grants.add(transactions(account, "stream-jobs-", "jobs"));
        grants.add(epochs(account, READ));
    }

    private static void projectors(List<KafkaGrant> grants) {
        var account = KafkaAccount.PROJECTORS;
        grants.add(prefix(account, TOPIC, "view.", "views of any generation, letters", OF_STREAMS));
        grants.add(prefix(account, TOPIC, "projector-", "stores of the folds", OF_STREAMS));
        grants.add(prefix(account, GROUP, "projector-", "folds", READ, DELETE));
        grants.add(prefix(account, GROUP, "sink-", "sinks", READ, DELETE));
        grants.add(transactions(account, "projector-", "folds, backfills"));
        grants.add(epochs(account, READ));
    }

    private static void provision(List<KafkaGrant> grants) {
        var account = KafkaAccount.PROVISION;
        for (var topic : Topics.FACTS) {
            grants.add(exact(account, TOPIC, topic.name(), "made once", CREATE, DESCRIBE));
        }
        grants.add(prefix(account, TOPIC, "view.", "made once", CREATE, DESCRIBE));
        grants.add(epochs(account, READ));
    }

    private static void restore(List<KafkaGrant> grants) {
        var account = KafkaAccount.RESTORE;
        for (var topic : Topics.ARCHIVED) {
            grants.add(
                    exact(
                            account,
                            TOPIC,
                            topic.name(),
                            "written at its offsets, then given its retention",
                            CREATE,
                            READ,
                            WRITE,
                            DELETE,
                            ALTER_CONFIGS));
        }
        grants.add(epochs(account, CREATE, READ, WRITE));
        grants.add(transactions(account, "headwater-restore-", "one for each partition"));
    }

    private static KafkaGrant epochs(KafkaAccount account, AclOperation... operations) {
        return exact(account, TOPIC, LogEpochs.TOPIC, "epoch of the log", operations);
    }

    private static KafkaGrant transactions(KafkaAccount account, String prefix, String why) {
        return prefix(account, TRANSACTIONAL_ID, prefix, why, WRITE, DESCRIBE);
    }

    private static KafkaGrant prefix(
            KafkaAccount account,
            ResourceType type,
            String name,
            String why,
            AclOperation... operations) {
        return new KafkaGrant(account, type, name, true, Set.of(operations), why);
    }

    private static KafkaGrant exact(
            KafkaAccount account,
            ResourceType type,
            String name,
            String why,
            AclOperation... operations) {
        return new KafkaGrant(account, type, name, false, Set.of(operations), why);
    }
}
