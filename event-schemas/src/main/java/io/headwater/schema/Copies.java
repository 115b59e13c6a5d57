package io.headwater.schema;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBuilderBase;

/// Records that differ from others in a few fields only; all other values are shared.
///
/// Avro's `newBuilder(record)` copies every value deeply and looks for the type of each in its
/// union, which is most of what folding a wide row costs. Records and what is in them do not change
/// once they are built, so sharing is safe; a list or map that is to differ is set anew, never
/// changed through the builder.
public final class Copies {

    private static final MethodType SETTER =
            MethodType.methodType(void.class, Object.class, Object.class);

    /// Setters of a class of builders, by position of their field.
    private static final ClassValue<MethodHandle[]> SETTERS =
            new ClassValue<>() {
                @Override
                protected MethodHandle[] computeValue(Class<?> builder) {
                    return setters(builder);
                }
            };

    private Copies() {}

    /// @return a copy that nobody else has yet: for its maker to change by position
    @SuppressWarnings("unchecked") // of the same class
    public static <R extends SpecificRecord> R of(R record) {
        var schema = record.getSchema();
        var copy = (R) SpecificData.newInstance(record.getClass(), schema);
        int fields = schema.getFields().size();
        for (int i = 0; i < fields; i++) {
            copy.put(i, record.get(i));
        }
        return copy;
    }

    /// @param empty builder of the record's class
    /// @return the same builder with every field as the record has it
    public static <B extends SpecificRecordBuilderBase<?>> B builder(
            SpecificRecord record, B empty) {
        var setters = SETTERS.get(empty.getClass());
        try {
            for (int i = 0; i < setters.length; i++) {
                setters[i].invokeExact((Object) empty, record.get(i));
            }
        } catch (RuntimeException | Error wrong) {
            throw wrong;
        } catch (Throwable undeclared) {
            throw new IllegalStateException(undeclared);
        }
        return empty;
    }

    private static MethodHandle[] setters(Class<?> builder) {
        return SpecificData.get().getSchema(builder.getDeclaringClass()).getFields().stream()
                .map(field -> setter(builder, setterName(field.name())))
                .toArray(MethodHandle[]::new);
    }

    private static MethodHandle setter(Class<?> builder, String name) {
        Method setter =
                Arrays.stream(builder.getMethods())
                        .filter(method -> method.getName().equals(name))
                        .filter(method -> method.getParameterCount() == 1)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException(builder + " has no " + name));
        try {
            return MethodHandles.publicLookup().unreflect(setter).asType(SETTER);
        } catch (IllegalAccessException hidden) {
            throw new IllegalArgumentException(setter + " is not public", hidden);
        }
    }

    /// As Avro makes it.
    private static String setterName(String field) {
        var name = new StringBuilder("set");
        for (String word : field.split("_")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
