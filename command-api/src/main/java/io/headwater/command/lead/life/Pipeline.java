package io.headwater.command.lead.life;

import io.headwater.command.platform.directory.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The stages of a site as a command brings them, in order.
///
/// @param stages at least one, keys unique
public record Pipeline(List<Stage> stages) {

    public static final Pipeline STANDARD = new Pipeline(Stage.STANDARD);

    public Pipeline {
        stages = List.copyOf(stages);
    }

    /// Never fails: a fact must not be lost over a pipeline. Stages of unknown kind count as open,
    /// repeated keys once.
    ///
    /// @param told empty: the standard one
    public static Pipeline of(List<io.headwater.events.Stage> told) {
        var keys = new HashSet<String>();
        var stages = new ArrayList<Stage>();
        for (var stage : told) {
            if (keys.add(stage.getKey())) {
                stages.add(
                        new Stage(
                                stage.getKey(),
                                stage.getName(),
                                Stage.Kind.of(stage.getKind()).orElse(Stage.Kind.OPEN)));
            }
        }
        return stages.isEmpty() ? STANDARD : new Pipeline(stages);
    }

    /// Where a lead starts.
    public Stage first() {
        return first(Stage.Kind.OPEN).orElseGet(stages::getFirst);
    }

    public Optional<Stage> first(Stage.Kind kind) {
        return stages.stream().filter(stage -> stage.kind() == kind).findFirst();
    }

    public Optional<Stage> find(String key) {
        return stages.stream().filter(stage -> stage.key().equals(key)).findFirst();
    }

    /// How far along a stage is. One that the site has no more stands where the first of its kind
    /// stands, else at the start.
    int position(String key, Stage.Kind kind) {
        return find(key).or(() -> first(kind)).map(stages::indexOf).orElse(0);
    }
}
