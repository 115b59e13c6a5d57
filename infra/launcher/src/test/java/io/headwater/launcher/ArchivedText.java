package io.headwater.launcher;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Looks for a text in the archived ranges, which are compressed: every zstd frame of every object
/// of the log.
final class ArchivedText {

    private static final byte[] FRAME = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    /// Closed ranges take the place of smaller ones at any time.
    private static final byte[] GONE = {};

    private final ObjectStore store;

    ArchivedText(LaunchedPlatform platform) {
        this.store = new ObjectStore(platform);
    }

    /// @return names of the objects that have it
    List<String> with(String text) throws Exception {
        var needle = new Needle(text);
        var found = new ArrayList<String>();
        for (String name : store.names("log/")) {
            byte[] object = store.find(name).orElse(GONE);
            if (needle.in(object) || needle.in(unpacked(object))) {
                found.add(name);
            }
        }
        return found;
    }

    private static byte[] unpacked(byte[] object) {
        var all = new ByteArrayOutputStream();
        for (int at = 0; at + FRAME.length <= object.length; at++) {
            if (object[at] == FRAME[0]
                    && object[at + 1] == FRAME[1]
                    && object[at + 2] == FRAME[2]
                    && object[at + 3] == FRAME[3]) {
                frame(object, at, all);
            }
        }
        return all.toByteArray();
    }

    /// What comes after the frame is none, and ends it.
    private static void frame(byte[] object, int at, ByteArrayOutputStream all) {
        byte[] piece = new byte[8192];
        try (var in =
                new ZstdInputStream(new ByteArrayInputStream(object, at, object.length - at))) {
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                all.write(piece, 0, read);
            }
        } catch (IOException end) {
            return;
        }
    }
}
