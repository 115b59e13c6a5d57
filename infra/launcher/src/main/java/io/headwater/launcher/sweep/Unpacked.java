package io.headwater.launcher.sweep;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

/// Reads a file or an object as it is and, when it is packed, what is in it: gzip, zstd, and files
/// of Avro (the archive), whose blocks are packed each. Piece by piece, whatever the size.
final class Unpacked {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] AVRO = {'O', 'b', 'j', 1};
    private static final int PIECE = 1 << 18;

    private Unpacked() {}

    /// Opens the same bytes once more.
    interface Source {
        InputStream open() throws IOException;
    }

    /// @throws IOException when it cannot be read, or is packed and cannot be unpacked
    static void read(Source source, Look look) throws IOException {
        byte[] head;
        try (var in = source.open()) {
            byte[] piece = new byte[PIECE];
            int length = in.readNBytes(piece, 0, piece.length);
            head = Arrays.copyOf(piece, Math.min(AVRO.length, length));
            while (length > 0) {
                look.read(piece, 0, length);
                length = in.readNBytes(piece, 0, piece.length);
            }
        }
        look.restart();
        if (begins(head, GZIP)) {
            try (var in = new GZIPInputStream(source.open())) {
                plain(in, look);
            }
        } else if (begins(head, ZSTD)) {
            try (var in = new ZstdInputStream(new BufferedInputStream(source.open()))) {
                plain(in, look);
            }
        } else if (begins(head, AVRO)) {
            blocks(source, look);
        }
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length
                && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    private static void plain(InputStream in, Look look) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            look.read(piece, 0, length);
        }
    }

    private static void blocks(Source source, Look look) throws IOException {
        try (var file = new DataFileStream<>(source.open(), new GenericDatumReader<Object>())) {
            while (file.hasNext()) {
                ByteBuffer block = file.nextBlock();
                look.restart();
                look.read(
                        block.array(),
                        block.arrayOffset() + block.position(),
                        block.arrayOffset() + block.limit());
            }
        }
    }
}
