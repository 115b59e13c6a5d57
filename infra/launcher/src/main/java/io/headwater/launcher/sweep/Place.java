package io.headwater.launcher.sweep;

/// A kind of store.
///
/// [#plant], [#search] and [#remove] throw whatever the store's client does: then nothing is said
/// about the place, and the sweep is unproven.
interface Place extends AutoCloseable {

    /// As the report names it.
    String name();

    /// Whether what is found there can be read by asking the store; else it is bytes that were
    /// given up and not overwritten yet.
    default boolean isReadable() {
        return true;
    }

    /// Puts something there that the search has to find, and removes what sweeps that were killed
    /// left.
    void plant(Probes probes) throws Exception;

    /// Reads all of it.
    void search(Look look) throws Exception;

    /// Takes away what was planted; safe to call whatever was.
    void remove() throws Exception;

    @Override
    void close();
}
