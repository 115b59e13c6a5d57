package io.headwater.projectors.platform.bulk;

import io.headwater.archive.ArchiveReader;
import io.headwater.archive.log.ArchivedLog;
import io.headwater.archive.log.SourceLog;
import io.headwater.archive.s3.S3Bucket;
import io.headwater.archive.s3.S3Location;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The archive of the event topics, opened when a rebuild reads it: most never do.
@Component
class Archive {

    private final ArchiveSettings settings;
    private @Nullable S3Bucket bucket;

    Archive(ArchiveSettings settings) {
        this.settings = settings;
    }

    /// @return the archive as far as it goes, and then the topics
    synchronized SourceLog before(SourceLog topics) {
        var open = bucket;
        if (open == null) {
            open =
                    new S3Bucket(
                            new S3Location(
                                    settings.endpoint(),
                                    settings.accessKey(),
                                    settings.secretKey(),
                                    settings.bucket(),
                                    settings.callLimit()));
            bucket = open;
        }
        return new ArchivedLog(new ArchiveReader(open), topics);
    }

    @PreDestroy
    synchronized void close() {
        var open = bucket;
        bucket = null;
        if (open != null) {
            open.close();
        }
    }
}
