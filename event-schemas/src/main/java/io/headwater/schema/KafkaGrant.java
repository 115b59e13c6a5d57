package io.headwater.schema;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// What one account may do with one thing, or with all whose names begin alike.
///
/// @param why for people
public record KafkaGrant(
        KafkaAccount account,
        ResourceType type,
        String name,
        boolean prefix,
        Set<AclOperation> operations,
        String why) {

    /// @param principalPrefix of the accounts' principals, for example `User:`
    Stream<AclBinding> bindings(String principalPrefix) {
        return operations.stream()
                .sorted()
                .map(operation ->
                        new AclBinding(
                                new ResourcePattern(
                                        type,
                                        name,
                                        prefix ? PatternType.PREFIXED : PatternType.LITERAL),
                                new AccessControlEntry(
                                        principalPrefix + account.label(),
                                        "*",
                                        operation,
                                        AclPermissionType.ALLOW)));
    }
}
