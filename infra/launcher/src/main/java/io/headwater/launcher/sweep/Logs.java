package io.headwater.launcher.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// What every process said, older and packed logs included.
final class Logs implements Place {

    private static final String NAME = "logs";

    private final Path data;
    private final Path folder;

    Logs(Path data) {
        this.data = data;
        this.folder = data.resolve("logs");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void plant(Probes probes) throws IOException {
        remove();
        var line = probes.make(NAME, "a line of a log");
        Files.writeString(
                folder.resolve(probes.name() + ".log"),
                "INFO read {\"page\":\"" + line.inUrl() + "\"}\n");
        var packed = probes.make(NAME, "a line of a packed log");
        try (var gzip =
                new GZIPOutputStream(
                        Files.newOutputStream(folder.resolve(probes.name() + ".log.gz")))) {
            gzip.write(packed.bytes());
        }
    }

    @Override
    public void search(Look look) throws IOException {
        Tree.search(data, folder, _ -> false, look);
    }

    @Override
    public void remove() throws IOException {
        Tree.removePlanted(folder);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
