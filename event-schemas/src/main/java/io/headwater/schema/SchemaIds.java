package io.headwater.schema;

import java.io.IOException;
import org.apache.avro.Schema;

/// Between schemas and the ids that stand for them on the wire. Never registers: that is the
/// provisioning step's.
public interface SchemaIds {

    /// @param subject `<topic>-<full name of the record>`
    /// @return the registry's id of exactly this schema
    /// @throws IOException when the registry does not answer, or turns us away, and the id was
    ///   never seen
    /// @throws UnknownSchemaException when the registry does not know the schema
    int idOf(String subject, Schema schema) throws IOException;

    /// @return the writer's schema
    /// @throws IOException when the registry does not answer, or turns us away, and the id was
    ///   never seen
    /// @throws UnknownSchemaException when the registry does not know the id
    Schema schemaOf(int id) throws IOException;

    /// The registry answered, and it does not know: provisioning was not run, or bytes of somebody
    /// else.
    final class UnknownSchemaException extends RuntimeException {
        public UnknownSchemaException(String message) {
            super(message);
        }
    }

    /// Ids given out by counting, for tests without a registry; the same schema always has the same
    /// id.
    static SchemaIds inMemory() {
        return new InMemorySchemaIds();
    }

    /// Ids of a Confluent-compatible registry, remembered in memory and, when a cache file from
    /// provisioning is named, known from the start, so that the registry may be away.
    ///
    /// @param registryUrl base of the Confluent API, for Apicurio `…/apis/ccompat/v7`
    /// @param cacheFile path written by [Provision], or empty
    static SchemaIds of(String registryUrl, String cacheFile) {
        return RegistrySchemaIds.open(registryUrl, cacheFile);
    }
}
