package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.Projection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A projection whose rows are each of one key, a lead or a session, so that they can be folded
/// from the events of that key alone.
///
/// Which events those are is told by **names**: an event names the things it tells of, and events
/// that share a name may depend on each other. Folding all events that hang together by names gives
/// the same rows as folding the whole partition; further ones do no harm.
public interface KeyedProjection extends Projection {

    /// The kind of row of which every key has one; the key is its primary key.
    Class<? extends SpecificRecord> keys();

    /// @return the partition of the source in which all events of the key are; of the view, too
    int partitionOf(String key, int partitions);

    /// A look before anything is decoded.
    ///
    /// @param recordKey of an event on the source topic
    /// @return whether the event may have to do with the key
    boolean mayConcern(String key, String recordKey);

    /// @return what the key is called among the names of events
    String nameOf(String key);

    /// @return what an event tells of
    Set<String> names(String recordKey, SpecificRecord event);

    /// @return a name that only this event has; null when it has none
    default @Nullable String ownName(SpecificRecord event) {
        return null;
    }

    /// When an event was recorded: what as-of goes by.
    ///
    /// @param appendedAt timestamp of its record on the topic
    default Instant recordedAt(SpecificRecord event, Instant appendedAt) {
        return appendedAt;
    }

    /// Of a topology that writes only the newest of several changes of a row.
    ///
    /// @return the keys of all rows that a key can have; empty: every change is written, in the
    ///   order of the log
    Set<String> rowKeys(String key);

    /// @param rows of everything that hangs together with the key
    /// @return those that are its own
    List<SpecificRecord> rowsOf(String key, Collection<SpecificRecord> rows);

    /// Where else rows of the key may be than under the keys that the fold gives: damaged ones.
    ///
    /// @param own rows of the key
    /// @return by table
    Map<String, Scope> scopes(String key, List<SpecificRecord> own);

    /// Columns of tables that tell names, to begin the search with: by column, what stands before
    /// its value in a name. They need not be right.
    Map<String, String> hints();

    /// Rows with one of these values in this column.
    record Scope(String column, List<String> values) {}
}
