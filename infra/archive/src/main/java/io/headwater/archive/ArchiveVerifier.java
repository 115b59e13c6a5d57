package io.headwater.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Looks at everything: each link, each hash, each record's offset, and that every schema is kept.
/// Goes on after damage, so that one run names all of it.
public final class ArchiveVerifier {

    private final ArchiveReader reader;

    public ArchiveVerifier(ArchiveReader reader) {
        this.reader = reader;
    }

    /// What was found in one partition.
    ///
    /// @param next where its archive ends
    /// @param gone offsets whose records are not there any more, with the reason
    /// @param damage empty when all is well
    /// @param unpublished objects that no manifest names; no damage
    public record Finding(
            TopicPartition partition,
            int ranges,
            long records,
            long bytes,
            long first,
            long next,
            List<Gone> gone,
            List<String> damage,
            List<String> unpublished) {}

    /// @param done told of each partition in its turn
    /// @return whether all of it is well
    /// @throws ArchiveException.MissingObject when it is not kept how a topic is to be made
    /// @throws ArchiveException.Unavailable when the store does not answer
    public boolean verify(Consumer<Finding> done) {
        Set<Integer> schemas = reader.schemas().keySet();
        // damaged when how a topic is to be made is not kept
        reader.topics();
        boolean well = true;
        for (var partition : reader.partitions()) {
            var finding = verify(partition, schemas);
            well &= finding.damage().isEmpty();
            done.accept(finding);
        }
        return well;
    }

    private Finding verify(TopicPartition partition, Set<Integer> schemas) {
        var damage = new ArrayList<String>();
        long records = 0;
        long bytes = 0;
        List<Range> ranges = List.of();
        List<String> unpublished = List.of();
        try {
            ranges = reader.ranges(partition, 0);
            unpublished = reader.unpublished(partition);
        } catch (ArchiveException.Unavailable away) {
            throw away;
        } catch (ArchiveException broken) {
            damage.add(String.valueOf(broken.getMessage()));
        }
        for (Range range : ranges) {
            for (int id : range.manifest().schemaIds()) {
                if (!schemas.contains(id)) {
                    damage.add(
                            "%s names schema %d, which is not kept in schemas/"
                                    .formatted(range.manifest().name(), id));
                }
            }
            try {
                records += reader.records(range).size();
                bytes += range.isGone() ? 0 : range.manifest().bytes();
            } catch (ArchiveException.Unavailable away) {
                throw away;
            } catch (ArchiveException.NotArchived _) {
                // taken away while this goes on; the next run says so
            } catch (ArchiveException broken) {
                damage.add(String.valueOf(broken.getMessage()));
            }
        }
        return new Finding(
                partition,
                ranges.size(),
                records,
                bytes,
                ranges.isEmpty() ? 0 : ranges.getFirst().manifest().first(),
                ranges.isEmpty() ? 0 : ranges.getLast().manifest().next(),
                Gone.among(ranges),
                damage,
                unpublished);
    }
}
