package io.headwater.command.platform.directory;

import java.util.List;

/// A site's pipeline as it travels in commands: the decider looks nothing up.
public final class Pipelines {

    private Pipelines() {}

    /// @return empty for a site that is not known here yet: the standard one
    public static List<io.headwater.events.Stage> of(AccessDirectory directory, String siteId) {
        return directory.siteById(siteId).map(SiteConfig::settings).stream()
                .flatMap(settings -> settings.pipeline().stream())
                .map(stage ->
                        io.headwater.events.Stage.newBuilder()
                                .setKey(stage.key())
                                .setName(stage.name())
                                .setKind(stage.kind().word())
                                .build())
                .toList();
    }
}
