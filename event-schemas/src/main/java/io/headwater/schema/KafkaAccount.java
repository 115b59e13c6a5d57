package io.headwater.schema;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who has an account at the brokers. query-api is not among them: it never speaks to Kafka.
public enum KafkaAccount {
    COMMAND_API("command-api"),
    STREAM_JOBS("stream-jobs"),
    PROJECTORS("projectors"),

    /// Makes topics before the first start and after an upgrade.
    PROVISION("provision"),

    /// Writes a lost log again; disabled until that day.
    RESTORE("restore");

    private final String label;

    KafkaAccount(String label) {
        this.label = label;
    }

    /// Name of the account.
    public String label() {
        return label;
    }

    /// @param told writers or readers of a topic as the catalogue tells them: applications, each
    ///   with its parts in brackets
    /// @return those with an account; people who look at dead letters have none of these
    /// @throws IllegalArgumentException for a name that is nobody's
    static Set<KafkaAccount> of(String told) {
        return Stream.of(told.replaceAll(" \\([^)]*\\)", "").split(", "))
                .filter(name -> !name.equals("people"))
                .map(KafkaAccount::byLabel)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static KafkaAccount byLabel(String label) {
        return Arrays.stream(values())
                .filter(account -> account.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no application is named " + label));
    }
}
