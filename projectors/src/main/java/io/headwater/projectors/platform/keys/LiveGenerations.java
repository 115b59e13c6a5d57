package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The generation of a projection that readers see, and the fold that made it.
@Component
class LiveGenerations {

    private static final String LIVE =
            """
            select generation, fold_version
            from ops.projection
            where projection = :projection and state = 'LIVE'\
            """;

    record Live(KeyedProjection projection, Generation generation) {}

    private record Row(int generation, int foldVersion) {}

    private final List<KeyedProjection> projections;
    private final JdbcClient jdbc;

    LiveGenerations(List<Projection> projections, JdbcClient jdbc) {
        this.projections =
                projections.stream()
                        .filter(KeyedProjection.class::isInstance)
                        .map(KeyedProjection.class::cast)
                        .toList();
        this.jdbc = jdbc;
    }

    /// Names of the projections that have keys.
    Set<String> projections() {
        return projections.stream().map(Projection::name).collect(Collectors.toSet());
    }

    /// @throws KeyRefusal when the projection has no keys, no live generation, or when its fold is
    ///   not part of this application
    Live of(String name) {
        var named = projections.stream().filter(one -> one.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new KeyRefusal(
                    Reason.NOT_FOUND,
                    "no projection of this name has keys; "
                            + projections.stream().map(Projection::name).distinct().toList()
                            + " have");
        }
        Row live =
                jdbc.sql(LIVE)
                        .param("projection", name)
                        .query((row, number) -> new Row(row.getInt(1), row.getInt(2)))
                        .optional()
                        .orElseThrow(() ->
                                new KeyRefusal(
                                        Reason.NOT_READY, name + " has no live generation yet"));
        return named.stream()
                .filter(one -> one.foldVersion() == live.foldVersion())
                .findFirst()
                .map(one -> new Live(one, new Generation(name, live.generation())))
                .orElseThrow(() ->
                        new KeyRefusal(
                                Reason.NOT_READY,
                                "fold version "
                                        + live.foldVersion()
                                        + " of the live generation is not part of this version"));
    }
}
