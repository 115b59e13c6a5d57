package io.headwater.command.edge;

import io.headwater.command.platform.directory.SourceDetails;
import io.headwater.command.platform.directory.SourceDirectory;
import java.util.List;
import java.util.Optional;

/// The sources of the fakes have no history.
final class NoSourceDetails implements SourceDirectory {

    @Override
    public Optional<SourceDetails> sourceDetails(String sourceId) {
        return Optional.empty();
    }

    @Override
    public List<SourceDetails> allSourceDetails() {
        return List.of();
    }
}
