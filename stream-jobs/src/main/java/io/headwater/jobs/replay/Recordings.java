package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
import io.headwater.schema.SessionFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The objects of sessions, to be deleted. Deleting what is gone changes nothing.
final class Recordings {

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
        List<String> days = null;
        for (String session : sessions) {
            var told = SessionFolder.told(session);
            long found = told.isEmpty() ? 0 : deleteFolder(told.get());
            if (found == 0) {
                // of an id made elsewhere any day may have something; each is asked for its name
                days = days == null ? days() : days;
                for (String day : days) {
                    found += deleteFolder(day + SessionFolder.name(session) + "/");
                }
            }
            deleted += found;
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
