package io.headwater.command.platform.axon;

import org.jspecify.annotations.Nullable;

/// Where the folded entities of one partition are kept.
public interface FoldedStore<E> {

    @Nullable Folded<E> get(String id);

    void put(String id, Folded<E> folded);
}
