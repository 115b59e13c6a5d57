package io.headwater.schema;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/// Registers schemas under the ids they had, in a registry that is new: the ids stand in the
/// records and cannot be changed there.
///
/// Registries count. So schemas are registered in the order of their ids, and ids that were of
/// schemas we do not have are taken by empty ones, in subjects of their own
/// (`headwater.restore.unused-N`). Safe to repeat: what is there under its id is left.
public final class SchemaRestore {

    private static final String FILLER = "headwater.restore.unused-";

    private final RegistrySchemaIds registry;

    /// The newest id the registry gave; unknown before the first.
    private int newest = -1;

    /// @param registryUrl base of the Confluent-compatible API
    public SchemaRestore(String registryUrl) {
        registry = RegistrySchemaIds.open(registryUrl, "");
    }

    /// @param schemas by their ids
    /// @throws IOException when the registry does not answer or refuses
    /// @throws IllegalStateException when it has other schemas under these ids: it is not new
    public void restore(SortedMap<Integer, Schema> schemas) throws IOException {
        for (var entry : schemas.entrySet()) {
            int id = entry.getKey();
            if (isThere(id, entry.getValue())) {
                newest = id;
            } else {
                fillUpTo(id);
                register(id, entry.getValue());
            }
        }
    }

    private boolean isThere(int id, Schema schema) throws IOException {
        try {
            // asked anew, for registries that remember what was deleted
            Schema found = RegistrySchemaIds.open(registry.url(), "").schemaOf(id);
            if (!found.equals(schema)) {
                throw new IllegalStateException(
                        "the registry has another schema under id %d (%s instead of %s): it is not new. Empty it and run restore again"
                                .formatted(id, found.getFullName(), schema.getFullName()));
            }
            return true;
        } catch (SchemaIds.UnknownSchemaException unknown) {
            return false;
        }
    }

    private void fillUpTo(int id) throws IOException {
        while (newest < id - 1) {
            if (newest < 0 && id == 1) {
                return;
            }
            int number = newest + 1;
            var empty = SchemaBuilder.record("Unused" + number).fields().endRecord();
            newest = registry.register(FILLER + number, empty);
        }
    }

    private void register(int id, Schema schema) throws IOException {
        // Registries may give a schema another id under another name, so the names are tried one by
        // one: a name that has an id already tells that one. Provisioning adds those that are left.
        int given = 0;
        for (String subject : subjects(schema)) {
            given = registry.register(subject, schema);
            if (given >= id) {
                break;
            }
        }
        if (given != id) {
            throw new IllegalStateException(
                    "the registry gave %s the id %d and the records say %d: it is not new, or gives ids otherwise than by counting. Empty it and run restore again"
                            .formatted(schema.getFullName(), given, id));
        }
        newest = id;
    }

    /// As provisioning names them.
    private static List<String> subjects(Schema schema) {
        var subjects = new ArrayList<String>();
        for (var topic : Topics.all()) {
            if (topic.allows(schema)) {
                subjects.add(topic.name() + "-" + schema.getFullName());
            }
        }
        subjects.add(schema.getFullName());
        return subjects;
    }
}
