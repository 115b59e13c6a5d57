package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
import io.headwater.schema.SessionFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects of sessions, to be deleted. Deleting what is gone changes nothing.
final class Recordings {

    /// Sessions that are asked for one by one.
    private static final int FEW = 10;

    /// Objects of one look.
    private static final int PIECE = 1_000;

    private final Bucket bucket;

    Recordings(Bucket bucket) {
        this.bucket = bucket;
    }

    /// @param sessions ids
    /// @return how many objects were deleted
    /// @throws IOException when the store does not answer or refuses: some may be deleted
    long delete(Collection<String> sessions) throws IOException {
        bucket.prepare();
        long deleted = 0;
        var elsewhere = new HashSet<String>();
        for (String session : sessions) {
            var told = SessionFolder.told(session);
            long found = told.isEmpty() ? 0 : deleteFolder(told.get());
            if (found == 0) {
                elsewhere.add(SessionFolder.name(session) + "/");
            }
            deleted += found;
        }
        return elsewhere.isEmpty() ? deleted : deleted + deleteAnywhere(elsewhere);
    }

    /// Of an id made elsewhere any day may have something.
    private long deleteAnywhere(Set<String> names) throws IOException {
        long deleted = 0;
        for (String day : days()) {
            if (names.size() <= FEW) {
                for (String name : names) {
                    deleted += deleteFolder(day + name);
                }
            } else {
                // one list of all instead of one for each
                for (String folder : bucket.folders(day)) {
                    if (names.contains(folder.substring(day.length()))) {
                        deleted += deleteFolder(folder);
                    }
                }
            }
        }
        return deleted;
    }

    private long deleteFolder(String folder) throws IOException {
        var keys = bucket.list(folder, "");
        for (String key : keys) {
            bucket.delete(key);
        }
        return keys.size();
    }

    /// What one look at a day found.
    ///
    /// @param sessions of which it found the first object
    /// @param last key; null: there is nothing more on this day
    record Piece(long sessions, long objects, long bytes, @Nullable String last) {}

    /// @param after last key of the piece before; empty: the first of the day
    /// @param delete whether what it finds is deleted
    Piece look(String day, String after, boolean delete) throws IOException {
        var sizes = bucket.sizes(day, after, PIECE);
        String session = folder(day, after);
        long sessions = 0;
        for (String key : sizes.keySet()) {
            if (delete) {
                bucket.delete(key);
            }
            String next = folder(day, key);
            sessions += next.equals(session) ? 0 : 1;
            session = next;
        }
        return new Piece(
                sessions,
                sizes.size(),
                sizes.values().stream().mapToLong(Long::longValue).sum(),
                sizes.size() < PIECE ? null : sizes.lastKey());
    }

    private static String folder(String day, String key) {
        int slash = key.indexOf('/', day.length());
        return slash < 0 ? key : key.substring(0, slash);
    }

    /// @return folders of days that were over at a time, the oldest first
    List<String> daysBefore(Instant time) throws IOException {
        bucket.prepare();
        return days().stream()
                .filter(day -> SessionFolder.end(day).filter(end -> !end.isAfter(time)).isPresent())
                .toList();
    }

    private List<String> days() throws IOException {
        var level = List.of(SessionFolder.SESSIONS);
        for (int depth = 0; depth < 3; depth++) {
            var below = new ArrayList<String>();
            for (String folder : level) {
                below.addAll(bucket.folders(folder));
            }
            level = below;
        }
        return level;
    }
}
