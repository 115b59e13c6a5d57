package io.headwater.command.platform.axon;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Runs a decider's sample commands against a store that is thrown away: the first hundred commands
/// of a cold Axon take 30–90 ms each, and the first caller should not pay for them.
final class WarmUp {

    private static final int ROUNDS = 100;

    private WarmUp() {}

    static <E, V, S extends SpecificRecord> void run(Decider<E, V, S> decider) {
        Map<String, Folded<E>> entities = new HashMap<>();
        var store =
                new FoldedStore<E>() {
                    @Override
                    public @Nullable Folded<E> get(String id) {
                        var kept = entities.get(id);
                        return kept == null
                                ? null
                                : decider.state().restore(decider.state().save(kept));
                    }

                    @Override
                    public void put(String id, Folded<E> folded) {
                        entities.put(id, folded);
                    }
                };
        try (var axon = new EntityCommands<>(decider.entity(), store, (_, _, _) -> {})) {
            for (int round = 0; round < ROUNDS; round++) {
                entities.clear();
                decider.samples().forEach(sample -> axon.handle("warm-up", sample));
            }
        }
    }
}
