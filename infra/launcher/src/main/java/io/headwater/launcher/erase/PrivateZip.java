package io.headwater.launcher.erase;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A zip file that nobody but the owner can read, from its first byte, and that is there only when
/// it is whole: closed without [#keep] it leaves nothing.
final class PrivateZip implements AutoCloseable {

    private final Path file;
    private final Path fresh;
    private final ZipOutputStream zip;

    /// Writes the content of an entry.
    interface Content {
        void to(OutputStream out) throws Failed, IOException;
    }

    PrivateZip(Path file) throws Failed, IOException {
        this.file = file.toAbsolutePath();
        try {
            fresh =
                    Files.createTempFile(
                            this.file.getParent(),
                            ".export-",
                            ".zip",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
        } catch (IOException no) {
            throw new Failed("cannot write to " + this.file.getParent() + ": " + no.getMessage());
        }
        zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)));
    }

    void add(String name, Content content) throws Failed, IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.to(zip);
        zip.closeEntry();
    }

    /// @param replace whether a file that is there already is replaced
    void keep(boolean replace) throws Failed, IOException {
        zip.close();
        try {
            if (replace) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, file);
            }
        } catch (FileAlreadyExistsException since) {
            throw new Failed(file + " is there already; --force replaces it");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
        Files.deleteIfExists(fresh);
    }
}
