package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.views.LeadRow;
import io.headwater.views.SessionRow;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBuilderBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopiesTest {

    static Stream<Schema> catalogue() {
        return CataloguedSchemas.all().stream();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void copiesHaveWhatTheRecordHas(Schema schema) throws ReflectiveOperationException {
        SpecificRecord filled = SampleEvents.filled(typeOf(schema));
        SpecificRecord sparse = Copies.of(filled);
        for (var field : schema.getFields()) {
            if (field.schema().isNullable()) {
                sparse.put(field.pos(), null);
            }
        }

        for (SpecificRecord record : new SpecificRecord[] {filled, sparse}) {
            assertThat(Copies.of(record)).isEqualTo(record).isNotSameAs(record);
            assertThat(built(record)).isEqualTo(record).isNotSameAs(record);
        }
    }

    @Test
    void aChangedCopyLeavesTheRecordAlone() {
        LeadRow row = SampleEvents.filled(LeadRow.class);
        String before = row.toString();

        LeadRow changed =
                Copies.builder(row, LeadRow.newBuilder())
                        .setFacts(row.getFacts() + 1)
                        .setEmail(null)
                        .build();

        assertThat(row).hasToString(before);
        assertThat(changed.getFacts()).isEqualTo(row.getFacts() + 1);
        assertThat(changed.getEmail()).isNull();
        assertThat(changed.getPhone()).isSameAs(row.getPhone());
    }

    @Test
    void aBuilderOfAnotherRecordIsRefused() {
        LeadRow row = SampleEvents.filled(LeadRow.class);

        assertThatThrownBy(() -> Copies.builder(row, SessionRow.newBuilder()))
                .isInstanceOf(ClassCastException.class);
    }

    private static Object built(SpecificRecord record) throws ReflectiveOperationException {
        var builder =
                (SpecificRecordBuilderBase<?>)
                        record.getClass().getMethod("newBuilder").invoke(null);
        return Copies.builder(record, builder).build();
    }

    private static Class<? extends SpecificRecord> typeOf(Schema schema) {
        return SpecificData.get().getClass(schema).asSubclass(SpecificRecord.class);
    }
}
