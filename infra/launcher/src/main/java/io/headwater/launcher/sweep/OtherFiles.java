package io.headwater.launcher.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The other files of the data folder, byte by byte: segments of topics, files of the object store,
/// settings, whatever was left there.
final class OtherFiles implements Place {

    private static final String NAME = "files";

    /// Offsets and times of Kafka's segments, allocated ahead: gigabytes of zeros.
    private static final Set<String> INDEXES = Set.of("index", "timeindex");

    private final Path data;
    private final Set<Path> elsewhere;

    OtherFiles(Path data) {
        this.data = data;
        this.elsewhere =
                Set.of(data.resolve("logs"), data.resolve("state"), data.resolve("postgres"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void plant(Probes probes) throws IOException {
        remove();
        Files.writeString(
                data.resolve(probes.name()), probes.make(NAME, "a file, in base64").inBase64());
    }

    @Override
    public void search(Look look) throws IOException {
        Tree.search(data, data, file -> elsewhere.contains(file) || isIndex(file), look);
    }

    private boolean isIndex(Path file) {
        String name = file.getFileName().toString();
        return file.startsWith(data.resolve("kafka"))
                && INDEXES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    @Override
    public void remove() throws IOException {
        Tree.removePlanted(data);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
