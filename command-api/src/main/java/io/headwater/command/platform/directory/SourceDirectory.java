package io.headwater.command.platform.directory;

import java.util.List;
import java.util.Optional;

/// Sources with their history, for those who administer them or try a mapping again. Secrets that
/// cannot be opened now are empty.
public interface SourceDirectory {

    Optional<SourceDetails> sourceDetails(String sourceId);

    /// In the order of creation.
    List<SourceDetails> allSourceDetails();
}
