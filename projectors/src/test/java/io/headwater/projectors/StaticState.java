package io.headwater.projectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Static fields that may change, or whose value may: they outlive a task, so a fold that is
/// restarted finds what its store does not have. Values are looked at, because a `List` says
/// nothing of itself.
final class StaticState extends ArchCondition<JavaClass> {

    private static final int DEPTH = 4;

    /// Collections that refuse every change.
    private static final List<String> FIXED =
            List.of(
                    "java.util.ImmutableCollections$",
                    "java.util.Collections$Empty",
                    "java.util.Collections$Singleton",
                    "java.util.Collections$Unmodifiable");

    StaticState() {
        super("keep no static state");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
            var modifiers = field.getModifiers();
            if (!modifiers.contains(JavaModifier.STATIC)
                    || modifiers.contains(JavaModifier.SYNTHETIC)) {
                continue;
            }
            String wrong =
                    modifiers.contains(JavaModifier.FINAL)
                            ? changeable(valueOf(field.reflect(), null), DEPTH)
                            : "is not final";
            if (wrong != null) {
                events.add(SimpleConditionEvent.violated(field, field.getFullName() + " " + wrong));
            }
        }
    }

    /// @return what may change in this value; null when nothing does
    private static @Nullable String changeable(@Nullable Object value, int depth) {
        if (value == null || depth == 0) {
            return null;
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            // Inside an object that is meant to be a value, an array is how it keeps one.
            return depth == DEPTH ? "is an array" : null;
        }
        boolean holder = value instanceof Collection || value instanceof Map;
        if (holder && FIXED.stream().noneMatch(type.getName()::startsWith)) {
            return "is a " + type.getName();
        }
        if (value instanceof Collection<?> elements) {
            return first(elements.stream(), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return first(Stream.concat(map.keySet().stream(), map.values().stream()), depth);
        }
        if (isCell(type)) {
            return "is a " + type.getName();
        }
        return type.getName().startsWith("io.headwater.") && !type.isEnum()
                ? ofFields(value, type, depth)
                : null;
    }

    private static @Nullable String first(Stream<?> values, int depth) {
        return values.map(one -> changeable(one, depth - 1))
                .filter(wrong -> wrong != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean isCell(Class<?> type) {
        return type.getName().startsWith("java.util.concurrent.")
                || java.nio.Buffer.class.isAssignableFrom(type)
                || ThreadLocal.class.isAssignableFrom(type)
                || type == StringBuilder.class
                || type == StringBuffer.class
                || type == java.util.BitSet.class;
    }

    private static @Nullable String ofFields(Object value, Class<?> type, int depth) {
        for (Field field : fields(type)) {
            String wrong =
                    Modifier.isFinal(field.getModifiers())
                            ? changeable(valueOf(field, value), depth - 1)
                            : "is not final";
            if (wrong != null) {
                return "holds " + field.getName() + ", which " + wrong;
            }
        }
        return null;
    }

    private static List<Field> fields(Class<?> type) {
        var fields = new ArrayList<Field>();
        for (Class<?> one = type;
                one != null && one.getName().startsWith("io.headwater.");
                one = one.getSuperclass()) {
            Stream.of(one.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .forEach(fields::add);
        }
        return fields;
    }

    private static @Nullable Object valueOf(Field field, @Nullable Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
