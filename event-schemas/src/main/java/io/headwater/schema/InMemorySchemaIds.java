package io.headwater.schema;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

final class InMemorySchemaIds implements SchemaIds {

    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int index = schemas.indexOf(schema);
        if (index < 0) {
            schemas.add(schema);
            index = schemas.size() - 1;
        }
        return index + 1;
    }

    @Override
    public synchronized Schema schemaOf(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("no schema has id " + id);
        }
        return schemas.get(id - 1);
    }
}
