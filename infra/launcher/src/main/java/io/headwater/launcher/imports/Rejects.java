package io.headwater.launcher.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows that were refused, as they stand in the file, with line, field, code and reason behind:
/// a file of its kind, to be put right and imported. It is there from the first refusal on.
final class Rejects implements AutoCloseable {

    static final List<String> BEHIND =
            List.of("reject_line", "reject_field", "reject_code", "reject_reason");

    private final Path file;
    private final List<String> columns;
    private final FileChannel channel;

    /// @param columns of a CSV file; empty: NDJSON
    /// @param bytes what counts of a file that is there; what lies behind is cut off
    Rejects(Path file, List<String> columns, long bytes) {
        this.file = file;
        this.columns = columns;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() < bytes) {
                throw new ImportException(
                        file
                                + " is shorter than it was when the import was interrupted;"
                                + " --restart begins anew");
            }
            channel.truncate(bytes);
            channel.position(bytes);
        } catch (IOException unwritable) {
            throw failed(unwritable);
        }
    }

    void add(Row row, Verdict verdict) {
        String reason = String.valueOf(verdict.reason());
        String field = Objects.requireNonNullElse(verdict.field(), "");
        String code = String.valueOf(verdict.code());
        if (columns.isEmpty()) {
            ObjectNode line = row.columns().deepCopy();
            line.put(BEHIND.get(0), row.line());
            line.put(BEHIND.get(1), field);
            line.put(BEHIND.get(2), code);
            line.put(BEHIND.get(3), reason);
            write(Rows.JSON.writeValueAsString(line) + "\n");
            return;
        }
        if (bytes() == 0) {
            var header = new ArrayList<>(columns);
            header.addAll(BEHIND);
            write(record(header));
        }
        var values = new ArrayList<String>();
        for (String column : columns) {
            JsonNode value = row.columns().get(column);
            values.add(value == null ? "" : value.asString());
        }
        values.addAll(List.of(Long.toString(row.line()), field, code, reason));
        write(record(values));
    }

    private static String record(List<String> values) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(values);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(String text) {
        try {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw failed(full);
        }
    }

    /// @return its length once it is on the disk
    long kept() {
        try {
            channel.force(false);
        } catch (IOException full) {
            throw failed(full);
        }
        return bytes();
    }

    private long bytes() {
        try {
            return channel.position();
        } catch (IOException broken) {
            throw failed(broken);
        }
    }

    private ImportException failed(IOException fault) {
        return new ImportException(file + " cannot be written: " + fault.getMessage(), fault);
    }

    @Override
    public void close() {
        try {
            boolean empty = channel.size() == 0;
            channel.close();
            if (empty) {
                Files.deleteIfExists(file);
            }
        } catch (IOException full) {
            throw failed(full);
        }
    }
}
