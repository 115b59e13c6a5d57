package io.headwater.launcher.imports;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The file to import, read as a stream: never whole in memory.
final class SourceFile {

    private final Path file;
    private final Charset charset;

    SourceFile(Path file, Charset charset) {
        this.file = file;
        this.charset = charset;
    }

    /// Reads the file once, so that nothing is sent of one that cannot be read to its end.
    ///
    /// @return SHA-256 of its bytes, hex
    /// @throws ImportException when it is away or no text of the charset
    String verified() {
        MessageDigest digest = sha256();
        var decoder = decoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer text = CharBuffer.allocate(1 << 16);
        long line = 1;
        try (var content = new DigestInputStream(Files.newInputStream(file), digest)) {
            boolean more = true;
            while (more) {
                int read = content.read(bytes.array(), bytes.position(), bytes.remaining());
                more = read >= 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult result = decoder.decode(bytes, text, !more);
                bytes.compact();
                line += text.flip().chars().filter(c -> c == '\n').count();
                text.clear();
                if (result.isError()) {
                    throw new ImportException(
                            "%s: line %d is no %s; say what it is, for example --charset windows-1252"
                                    .formatted(file, line, charset.name()));
                }
            }
        } catch (IOException unreadable) {
            throw broken(unreadable);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// @return the first line that is not empty; empty: there is none
    String firstLine() {
        try (var text = reader(Files.newInputStream(file))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                String clean = withoutMark(line);
                if (!clean.isBlank()) {
                    return clean;
                }
            }
            return "";
        } catch (IOException unreadable) {
            throw broken(unreadable);
        }
    }

    long size() {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw broken(unreadable);
        }
    }

    /// @return a counting stream of the file's bytes; close it
    Counted open() {
        try {
            return new Counted(Files.newInputStream(file));
        } catch (IOException unreadable) {
            throw broken(unreadable);
        }
    }

    BufferedReader reader(InputStream bytes) {
        return new BufferedReader(new InputStreamReader(bytes, decoder()), 1 << 16);
    }

    private CharsetDecoder decoder() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    ImportException broken(IOException fault) {
        return new ImportException(
                fault instanceof NoSuchFileException
                        ? file + " is not there"
                        : file + " cannot be read: " + fault.getMessage(),
                fault);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Knows how many bytes were read of it.
    static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream bytes) {
            super(bytes);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
