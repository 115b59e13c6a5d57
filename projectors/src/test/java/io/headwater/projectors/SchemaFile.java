package io.headwater.projectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/// The file that provisioning leaves, without a registry: every schema of the catalogue, numbered.
public final class SchemaFile {

    private SchemaFile() {}

    public static Path write(Path folder) throws IOException {
        Set<Schema> schemas = new LinkedHashSet<>();
        Topics.all().forEach(topic -> schemas.addAll(topic.schemas()));
        Topics.STATE.forEach(type -> schemas.add(SpecificData.get().getSchema(type)));
        var entries = new TreeMap<String, String>();
        schemas.forEach(
                schema -> entries.put(String.valueOf(entries.size() + 1), schema.toString()));
        return Files.writeString(
                folder.resolve("schemas.json"), new ObjectMapper().writeValueAsString(entries));
    }

    public static SchemaIds ids(Path file) {
        return SchemaIds.of("http://127.0.0.1:1", file.toString());
    }
}
