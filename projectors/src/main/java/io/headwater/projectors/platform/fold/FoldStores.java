package io.headwater.projectors.platform.fold;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The stores of a fold by name, which is the same wherever it runs: those of a task of Kafka
/// Streams, or memory.
public interface FoldStores {

    <T extends SpecificRecord> FoldStore<T> records(String name);

    FoldStore<String> texts(String name);

    /// Those of a task; the processor that asks must be connected to them.
    static FoldStores of(ProcessingContext context) {
        return new FoldStores() {
            @Override
            public <T extends SpecificRecord> FoldStore<T> records(String name) {
                return FoldStore.of(store(context, name));
            }

            @Override
            public FoldStore<String> texts(String name) {
                return FoldStore.of(store(context, name));
            }
        };
    }

    /// Empty ones for a few keys. A name that is asked for again is the same store.
    static FoldStores inMemory() {
        Map<String, FoldStore<?>> stores = new HashMap<>();
        return new FoldStores() {
            @Override
            @SuppressWarnings("unchecked") // a name has one type of values
            public <T extends SpecificRecord> FoldStore<T> records(String name) {
                return (FoldStore<T>) stores.computeIfAbsent(name, _ -> FoldStore.inMemory());
            }

            @Override
            @SuppressWarnings("unchecked")
            public FoldStore<String> texts(String name) {
                return (FoldStore<String>) stores.computeIfAbsent(name, _ -> FoldStore.inMemory());
            }
        };
    }

    private static <T> KeyValueStore<String, T> store(ProcessingContext context, String name) {
        return context.getStateStore(name);
    }
}
