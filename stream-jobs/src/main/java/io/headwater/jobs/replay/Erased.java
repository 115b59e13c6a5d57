package io.headwater.jobs.replay;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Which sessions were erased: nothing of them is written any more.
@FunctionalInterface
interface Erased {

    /// @throws io.headwater.vault.VaultUnavailableException when the vault does not answer
    Set<String> among(Collection<String> sessions);

    /// What may be written now.
    ///
    /// @throws io.headwater.vault.VaultUnavailableException when the vault does not answer
    default List<ArchiveObject> without(List<ArchiveObject> objects) {
        var gone =
                among(
                        objects.stream()
                                .map(ArchiveObject::session)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()));
        return gone.isEmpty()
                ? objects
                : objects.stream().filter(one -> !gone.contains(one.session())).toList();
    }
}
