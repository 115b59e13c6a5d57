package io.headwater.command;

import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Schema ids without a registry, the same ones in every JVM: counted in the order of the
/// catalogue.
@Configuration(proxyBeanMethods = false)
public class TestSchemas {

    @Bean
    @Primary
    SchemaIds catalogued() {
        return ids();
    }

    public static SchemaIds ids() {
        var ids = SchemaIds.inMemory();
        try {
            for (var topic : Topics.all()) {
                for (var schema : topic.schemas()) {
                    ids.idOf("", schema);
                }
            }
            for (var state : Topics.STATE) {
                ids.idOf("", SpecificData.get().getSchema(state));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ids;
    }
}
