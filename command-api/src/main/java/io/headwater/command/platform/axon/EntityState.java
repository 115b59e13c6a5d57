package io.headwater.command.platform.axon;

import org.apache.avro.specific.SpecificRecord;

/// Between the entity and the record that its state store keeps. A change of either that old state
/// cannot follow needs a new store name and a rebuild from the events.
public interface EntityState<E, S extends SpecificRecord> {

    S save(Folded<E> folded);

    Folded<E> restore(S state);
}
