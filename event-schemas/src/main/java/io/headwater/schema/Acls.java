package io.headwater.schema;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/// `./headwater acls [--principal-prefix User:] [--apply]`: prints the rights of every application
/// as commands of Kafka's own tool, or gives them with the account in the environment.
///
/// It only adds. What somebody gave besides is told, never taken: it may be of an application that
/// is not ours.
public final class Acls {

    private static final String USAGE =
            "./headwater acls [--principal-prefix PREFIX] [--apply]; see ./headwater acls --help";

    private Acls() {}

    public static void main(String... args) {
        try {
            run(List.of(args), System.getenv(), System.out);
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            System.err.println("headwater: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /// @throws IllegalArgumentException for a word that is not understood
    /// @throws IllegalStateException when the brokers refuse
    static void run(List<String> words, Map<String, String> environment, PrintStream out) {
        String prefix = "User:";
        boolean apply = false;
        var rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--apply" -> apply = true;
                case "--principal-prefix" -> {
                    if (!rest.hasNext()) {
                        throw new IllegalArgumentException(USAGE);
                    }
                    prefix = rest.next();
                }
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (!apply) {
            commands(prefix).forEach(out::println);
            return;
        }
        String servers = environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(
                    "--apply needs KAFKA_BOOTSTRAP_SERVERS, and an account that may change ACLs");
        }
        tell(apply(new Brokers(servers, KafkaSecurity.of(environment)), prefix), out);
    }

    /// @return commands of `kafka-acls.sh`, whose options for the brokers are in `$KAFKA`
    static List<String> commands(String principalPrefix) {
        return KafkaGrants.all().stream()
                .map(grant ->
                        "kafka-acls.sh $KAFKA --add --allow-principal '%s%s' %s --%s '%s'%s"
                                .formatted(
                                        principalPrefix,
                                        grant.account().label(),
                                        grant.operations().stream()
                                                .sorted()
                                                .map(Acls::option)
                                                .collect(Collectors.joining(" ")),
                                        option(grant.type()),
                                        grant.name(),
                                        grant.prefix() ? " --resource-pattern-type prefixed" : ""))
                .toList();
    }

    /// @param added rights that were not there
    /// @param foreign rights of our accounts that are not in the list
    public record Applied(Collection<AclBinding> added, Collection<AclBinding> foreign) {}

    /// Gives what is missing. Safe to repeat.
    ///
    /// @throws IllegalStateException when the brokers refuse, with their reason
    public static Applied apply(Brokers brokers, String principalPrefix) {
        try (var admin = Admin.create(brokers.settings())) {
            var wanted = KafkaGrants.bindings(principalPrefix);
            var accounts =
                    wanted.stream().map(one -> one.entry().principal()).collect(Collectors.toSet());
            var there = new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
            var missing = wanted.stream().filter(one -> !there.contains(one)).toList();
            admin.createAcls(missing).all().get();
            wanted.forEach(there::remove);
            there.removeIf(one -> !accounts.contains(one.entry().principal()));
            return new Applied(missing, there);
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "the rights are not given: " + refused.getCause(), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static void tell(Applied applied, PrintStream out) {
        out.printf(Locale.ROOT, "%d rights given%n", applied.added().size());
        applied.foreign().forEach(one -> out.println("not of Headwater's list: " + one));
    }

    private static String option(AclOperation operation) {
        return "--operation " + word(operation);
    }

    private static String option(ResourceType type) {
        return switch (type) {
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactional-id";
            default -> "topic";
        };
    }

    /// As Kafka's tool and pages write it: `AlterConfigs`.
    static String word(AclOperation operation) {
        return List.of(operation.name().split("_")).stream()
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
