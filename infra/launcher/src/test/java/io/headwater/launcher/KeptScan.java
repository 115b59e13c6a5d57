package io.headwater.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Looks for a text wherever the platform keeps something: every record of every topic, every
/// table, every object, every file of its data folder, and what the launcher said.
///
/// Topics, tables and objects are asked, not only their files, since there they are compressed.
final class KeptScan {

    /// Of the embedded server: reads what no application may.
    private static final String SUPERUSER = "postgres";

    /// Offsets and times of Kafka's logs, and class data of the JVMs: large, and nobody's data.
    private static final Set<String> NOT_DATA = Set.of("index", "timeindex", "jsa");

    private static final int CHUNK = 1 << 20;

    private final LaunchedPlatform platform;
    private final Needle needle;
    private final Set<String> places = new TreeSet<>();
    private int topics;
    private int tables;
    private int objects;
    private int files;

    private KeptScan(LaunchedPlatform platform, String text) {
        this.platform = platform;
        this.needle = new Needle(text);
    }

    /// @param places where the text is, each `topic …`, `table …`, `object …`, `file …` or `output`
    /// @param topics how many were looked at, like the others
    record Found(Set<String> places, int topics, int tables, int objects, int files) {

        List<String> of(String kind) {
            return places.stream().filter(place -> place.startsWith(kind)).toList();
        }
    }

    static Found of(LaunchedPlatform platform, String text) throws Exception {
        var scan = new KeptScan(platform, text);
        scan.topics();
        scan.tables();
        scan.objects();
        scan.files();
        if (scan.needle.in(platform.output().getBytes(StandardCharsets.UTF_8))) {
            scan.places.add("output");
        }
        return new Found(scan.places, scan.topics, scan.tables, scan.objects, scan.files);
    }

    private void topics() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", platform.told().path("kafka").asString());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            topics = (int) partitions.stream().map(TopicPartition::topic).distinct().count();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (holds(record)) {
                        places.add("topic " + record.topic());
                    }
                }
            }
        }
    }

    private boolean holds(ConsumerRecord<byte[], byte[]> record) {
        return holds(record.key())
                || holds(record.value())
                || Stream.of(record.headers().toArray()).anyMatch(header -> holds(header.value()));
    }

    private boolean holds(byte @Nullable [] bytes) {
        return bytes != null && needle.in(bytes);
    }

    private void tables() throws SQLException {
        var postgres = platform.told().path("postgres");
        try (var connection =
                DriverManager.getConnection(postgres.path("jdbc_url").asString(), SUPERUSER, "")) {
            for (String table : names(connection)) {
                tables++;
                if (holds(connection, table)) {
                    places.add("table " + table);
                }
            }
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select format('%I.%I', n.nspname, c.relname)
                                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                where c.relkind in ('r', 'm')
                                  and n.nspname not in ('pg_catalog', 'information_schema')
                                  and n.nspname not like 'pg\\_temp%'
                                """)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private boolean holds(Connection connection, String table) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        select exists (
                          select from %s as kept, unnest(?) as spelling
                          where strpos(kept::text, spelling) > 0)
                        """
                                .formatted(table))) {
            query.setArray(1, connection.createArrayOf("text", needle.spellings().toArray()));
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private void objects() throws Exception {
        var store = new ObjectStore(platform);
        for (String name : store.names("")) {
            objects++;
            if (needle.in(store.read(name))) {
                places.add("object " + name);
            }
        }
    }

    private void files() throws IOException {
        Files.walkFileTree(
                platform.data(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                            throws IOException {
                        String name = file.getFileName().toString();
                        if (about.isRegularFile()
                                && !NOT_DATA.contains(name.substring(name.lastIndexOf('.') + 1))) {
                            look(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /// A segment, a log or a socket that has just gone.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void look(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            files++;
            if (holds(in)) {
                places.add("file " + platform.data().relativize(file));
            }
        } catch (NoSuchFileException gone) {
            files--;
        }
    }

    /// Piece by piece, each with the end of the one before: the text may stand on the border.
    private boolean holds(InputStream in) throws IOException {
        int overlap = needle.longest();
        byte[] piece = new byte[overlap + CHUNK];
        int kept = 0;
        while (true) {
            int read = in.readNBytes(piece, kept, CHUNK);
            if (read == 0) {
                return false;
            }
            int length = kept + read;
            if (needle.in(piece, length)) {
                return true;
            }
            kept = Math.min(overlap, length);
            System.arraycopy(piece, length - kept, piece, 0, kept);
        }
    }
}
