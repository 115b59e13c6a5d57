package io.headwater.projectors.platform.bulk;

import java.util.Collection;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
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

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return shape(SpecificData.get().getSchema(type));
                }
            };

    /// Every change of a state is weighed, so of a record only what has no size of its own.
    ///
    /// @param fixed of the record itself, its numbers and times
    /// @param others positions of all other fields
    private record Shape(int fixed, int[] others) {}

    private Weight() {}

    /// @return bytes
    static int of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> TEXT + text.length();
            case SpecificRecord record -> of(record);
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

    private static int of(SpecificRecord record) {
        var shape = SHAPES.get(record.getClass());
        int sum = shape.fixed();
        for (int field : shape.others()) {
            sum += of(record.get(field));
        }
        return sum;
    }

    private static Shape shape(Schema schema) {
        int fixed = OBJECT;
        var others = IntStream.builder();
        for (var field : schema.getFields()) {
            boolean sized =
                    switch (bare(field.schema()).getType()) {
                        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> true;
                        default -> false;
                    };
            fixed += REFERENCE + (sized ? BOXED : 0);
            if (!sized) {
                others.add(field.pos());
            }
        }
        return new Shape(fixed, others.build().toArray());
    }

    private static Schema bare(Schema schema) {
        return schema.isUnion() ? schema.getTypes().getLast() : schema;
    }
}
