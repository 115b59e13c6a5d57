package io.headwater.launcher.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a file, one after the other.
sealed interface Rows extends AutoCloseable {

    /// Numbers keep every digit.
    JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// @return the next row; null at the end
    /// @throws ImportException when the rest of the file cannot be read
    @Nullable Row next();

    /// @return of a CSV file; empty for NDJSON, whose rows name their own
    List<String> columns();

    @Override
    void close();

    /// @param bytes of the file, to be closed by these rows
    static Rows of(SourceFile file, SourceFile.Counted bytes, @Nullable Character separator) {
        String first = file.firstLine();
        BufferedReader text = file.reader(bytes);
        if (first.isEmpty()) {
            throw new ImportException("the file is empty");
        }
        return first.startsWith("{")
                ? new Ndjson(file, text)
                : new Csv(file, text, separator == null ? separatorOf(first) : separator);
    }

    private static char separatorOf(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t', '|'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /// An object per line.
    final class Ndjson implements Rows {
        private final SourceFile file;
        private final BufferedReader text;
        private long number;
        private long line;

        Ndjson(SourceFile file, BufferedReader text) {
            this.file = file;
            this.text = text;
        }

        @Override
        public @Nullable Row next() {
            try {
                for (String read = text.readLine(); read != null; read = text.readLine()) {
                    line++;
                    String clean = SourceFile.withoutMark(read);
                    if (!clean.isBlank()) {
                        number++;
                        return row(clean);
                    }
                }
                return null;
            } catch (IOException unreadable) {
                throw file.broken(unreadable);
            }
        }

        private Row row(String read) {
            try {
                return JSON.readTree(read) instanceof ObjectNode object
                        ? new Row(number, line, object, null)
                        : flawed(read);
            } catch (JacksonException broken) {
                return flawed(read);
            }
        }

        private Row flawed(String read) {
            return new Row(
                    number,
                    line,
                    JSON.createObjectNode().put("line", read),
                    "the line is no JSON object");
        }

        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public void close() {
            try {
                text.close();
            } catch (IOException unreadable) {
                throw file.broken(unreadable);
            }
        }
    }

    /// A header, then a record per row; quotes and line ends inside of them as in RFC 4180.
    final class Csv implements Rows {
        private final SourceFile file;
        private final CsvReader<CsvRecord> csv;
        private final CloseableIterator<CsvRecord> records;
        private final List<String> columns;
        private long number;

        Csv(SourceFile file, BufferedReader text, char separator) {
            this.file = file;
            this.csv =
                    CsvReader.builder()
                            .fieldSeparator(separator)
                            .allowExtraFields(true)
                            .allowMissingFields(true)
                            .ofCsvRecord(text);
            this.records = csv.iterator();
            CsvRecord header = read();
            this.columns =
                    header == null
                            ? List.of()
                            : header.getFields().stream()
                                    .map(name -> SourceFile.withoutMark(name).strip())
                                    .toList();
            var seen = new HashSet<String>();
            for (String name : columns) {
                if (name.isEmpty() || !seen.add(name)) {
                    throw new ImportException(
                            "the header has an empty or repeated name: '"
                                    + name
                                    + "'; is --separator right?");
                }
            }
        }

        @Override
        public @Nullable Row next() {
            CsvRecord read = read();
            if (read == null) {
                return null;
            }
            number++;
            ObjectNode row = JSON.createObjectNode();
            int count = read.getFieldCount();
            for (int i = 0; i < Math.min(count, columns.size()); i++) {
                row.put(columns.get(i), read.getField(i));
            }
            return new Row(
                    number,
                    read.getStartingLineNumber(),
                    row,
                    count == columns.size()
                            ? null
                            : "the row has " + count + " fields, the header " + columns.size());
        }

        private @Nullable CsvRecord read() {
            try {
                return records.hasNext() ? records.next() : null;
            } catch (CsvParseException broken) {
                throw new ImportException(
                        "after row " + number + " the file is no CSV: " + broken.getMessage(),
                        broken);
            }
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public void close() {
            try {
                csv.close();
            } catch (IOException unreadable) {
                throw file.broken(unreadable);
            }
        }
    }
}
