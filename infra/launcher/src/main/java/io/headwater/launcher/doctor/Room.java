package io.headwater.launcher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whether there is room left for what is to come. Kafka ends itself when its disk is full.
final class Room {

    private static final String ABOUT = "disk";
    private static final double GIB = 1L << 30;
    private static final long LITTLE = 10L << 30;
    private static final long TOO_LITTLE = 1L << 30;
    private static final String REMEDY =
            "make room, or shorten what is kept (LOG_ARCHIVE_KEEP, retention of topics)";

    private Room() {}

    static Finding finding(Path root) throws IOException {
        return finding(Files.getFileStore(root).getUsableSpace());
    }

    static Finding finding(long free) {
        String what = String.format(Locale.ROOT, "%.1f GiB are free", free / GIB);
        if (free < TOO_LITTLE) {
            return Finding.unsafe(ABOUT, what, REMEDY);
        }
        return free < LITTLE ? Finding.warning(ABOUT, what, REMEDY) : Finding.ok(ABOUT, what);
    }
}
