package io.headwater.launcher.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How far an import came: `FILE.progress.json`, there from the first request to the end.
final class Checkpoint {

    private final Path file;

    Checkpoint(Path file) {
        this.file = file;
    }

    /// @param subject names file content, kind and site: what must be the same to go on
    /// @param rows done
    /// @param rejectBytes length of the file of refused rows by then
    /// @param counts rows by what became of them
    record Reached(String subject, long rows, long rejectBytes, Map<String, Long> counts) {}

    /// @return where an interrupted import of this subject stopped, or its beginning
    /// @throws ImportException when what was interrupted is another one
    Reached begin(String subject) {
        var start = new Reached(subject, 0, 0, Map.of());
        if (!Files.exists(file)) {
            return start;
        }
        try {
            JsonNode told = Rows.JSON.readTree(Files.readString(file));
            if (!told.path("subject").asString("").equals(subject)) {
                throw new ImportException(
                        file
                                + " is of an interrupted import of other content, or of other"
                                + " options; --restart begins anew");
            }
            var counts = new TreeMap<String, Long>();
            told.path("counts")
                    .properties()
                    .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
            return new Reached(
                    subject,
                    told.path("rows").asLong(),
                    told.path("reject_bytes").asLong(),
                    counts);
        } catch (IOException | JacksonException unreadable) {
            throw new ImportException(file + " cannot be read; --restart begins anew", unreadable);
        }
    }

    void save(Reached reached) {
        ObjectNode told = Rows.JSON.createObjectNode();
        told.put("subject", reached.subject());
        told.put("rows", reached.rows());
        told.put("reject_bytes", reached.rejectBytes());
        ObjectNode counts = told.putObject("counts");
        reached.counts().forEach(counts::put);
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, Rows.JSON.writeValueAsString(told));
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            throw new ImportException(file + " cannot be written: " + full.getMessage(), full);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException held) {
            throw new ImportException(file + " cannot be removed: " + held.getMessage(), held);
        }
    }
}
