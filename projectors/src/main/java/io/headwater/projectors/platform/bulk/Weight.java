package io.headwater.projectors.platform.bulk;

import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/// How much memory a value takes, estimated for a JVM with compressed references: good for a bound,
/// not for an account.
final class Weight {

    /// Of an entry of a sorted map with its bookkeeping.
    static final int ENTRY = 96;

    private static final int OBJECT = 16;
    private static final int REFERENCE = 8;
    private static final int BOXED = 24;
    private static final int TEXT = 48;

    private Weight() {}

    /// @return bytes
    static int of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> TEXT + text.length();
            case IndexedRecord record -> of(record);
            case Collection<?> many -> {
                int sum = TEXT;
                for (Object one : many) {
                    sum += REFERENCE + of(one);
                }
                yield sum;
            }
            case Map<?, ?> map -> {
                int sum = TEXT;
                for (var entry : map.entrySet()) {
                    sum += TEXT + of(entry.getKey()) + of(entry.getValue());
                }
                yield sum;
            }
            case Enum<?> _ -> 0;
            case Boolean _ -> 0;
            default -> BOXED;
        };
    }

    private static int of(IndexedRecord record) {
        int fields = record.getSchema().getFields().size();
        int sum = OBJECT + REFERENCE * fields;
        for (int field = 0; field < fields; field++) {
            sum += of(record.get(field));
        }
        return sum;
    }
}
