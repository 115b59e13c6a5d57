package io.headwater.schema;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The personal fields of a record, as its schema declares them by `"pii": true`, those of records
/// inside it included.
///
/// Each is of a kind, which its seal is bound to: `sealed_as`, else the name of the field. Values
/// keep their kind when they are copied from an event into a row under another name. `@key` says
/// that a map holds fields of [Submission] by name, `@other` that the field `other` of the same
/// record names one: the kind is that of the named field, and what is not personal there is not
/// here.
///
/// What is `any_site` is bound to none: the calls of the tracker do not name theirs.
public final class PersonalFields {

    private static final ClassValue<PersonalFields> KNOWN =
            new ClassValue<>() {
                @Override
                protected PersonalFields computeValue(Class<?> type) {
                    return new PersonalFields(SpecificData.get().getSchema(type));
                }
            };

    private static final Map<String, String> OF_SUBMISSION = kinds(Submission.getClassSchema());

    private final List<Step> steps = new ArrayList<>();
    private final int site;

    /// What becomes of one value.
    @FunctionalInterface
    public interface Change {

        /// @param site of the innermost record around it that names one, else the one given; empty
        ///   where it is bound to none
        /// @param kind what it is sealed as
        /// @return the same, or what takes its place; null: nothing
        @Nullable Pii of(Pii value, String site, String kind);
    }

    private interface Step {
        int position();

        @Nullable Object apply(Object value, SpecificRecord record, String site, Change change);
    }

    private PersonalFields(Schema schema) {
        var named = schema.getField("site_id");
        site = named == null ? -1 : named.pos();
        for (var field : schema.getFields()) {
            var step = step(field, schema);
            if (step != null) {
                steps.add(step);
            }
        }
    }

    /// Changes the personal values of a record. A value that may not be absent becomes an empty one
    /// that is not sealed.
    ///
    /// @param site where no record names one
    /// @return the record itself when nothing changed, else a copy; the parts are shared
    public static <R extends SpecificRecord> R map(R record, String site, Change change) {
        return KNOWN.get(record.getClass()).mapped(record, site, change);
    }

    /// Whether records of this class can hold any.
    public static boolean any(Class<? extends SpecificRecord> type) {
        return !KNOWN.get(type).steps.isEmpty();
    }

    /// Ids of the keys that its values are sealed with.
    public static Set<String> keys(SpecificRecord record) {
        var keys = new HashSet<String>();
        map(
                record,
                "",
                (value, _, _) -> {
                    if (!value.getKid().isEmpty()) {
                        keys.add(value.getKid());
                    }
                    return value;
                });
        return keys;
    }

    /// What is known anew of whom another record is about: it will be sealed with the same key.
    ///
    /// @param known opened; when it has no key, nothing changes
    /// @return with the key noted on values that are in the clear and have none
    public static <R extends SpecificRecord> R with(R record, SpecificRecord known) {
        String kid = keys(known).stream().sorted().findFirst().orElse("");
        return map(
                record,
                "",
                (value, _, _) ->
                        value.getKid().isEmpty() && PersonalData.isClear(value)
                                ? PersonalData.of(PersonalData.opened(value), kid)
                                : value);
    }

    /// What a field of a submission is sealed as.
    ///
    /// @param field name of it
    /// @return null when it is not personal
    public static @Nullable String kindInSubmission(String field) {
        return OF_SUBMISSION.get(field);
    }

    @SuppressWarnings("unchecked")
    private <R extends SpecificRecord> R mapped(R record, String outer, Change change) {
        if (steps.isEmpty()) {
            return record;
        }
        Object own = site < 0 ? null : record.get(site);
        String here = own == null ? outer : own.toString();
        SpecificRecord copy = null;
        for (var step : steps) {
            Object old = record.get(step.position());
            if (old == null) {
                continue;
            }
            Object now = step.apply(old, record, here, change);
            if (now != old) {
                if (copy == null) {
                    copy = Copies.of(record);
                }
                copy.put(step.position(), now);
            }
        }
        return copy == null ? record : (R) copy;
    }

    private static @Nullable Step step(Schema.Field field, Schema of) {
        var type = bare(field.schema());
        if (isDeclared(field)) {
            return type.getType() == Schema.Type.MAP
                    ? new ByKey(field.pos())
                    : new Single(
                            field.pos(),
                            field.schema().isUnion(),
                            kind(field),
                            sibling(field, of),
                            Boolean.TRUE.equals(field.getObjectProp("any_site")));
        }
        boolean many = type.getType() == Schema.Type.ARRAY;
        var inner = many ? type.getElementType() : type;
        return inner.getType() == Schema.Type.RECORD && holdsAny(inner, new HashSet<>())
                ? new Inside(field.pos(), many)
                : null;
    }

    private static boolean holdsAny(Schema record, Set<String> seen) {
        if (!seen.add(record.getFullName())) {
            return false;
        }
        return record.getFields().stream()
                .anyMatch(field -> {
                    var type = bare(field.schema());
                    var inner = type.getType() == Schema.Type.ARRAY ? type.getElementType() : type;
                    return isDeclared(field)
                            || inner.getType() == Schema.Type.RECORD && holdsAny(inner, seen);
                });
    }

    private static boolean isDeclared(Schema.Field field) {
        return Boolean.TRUE.equals(field.getObjectProp("pii"));
    }

    private static String kind(Schema.Field field) {
        String told = field.getProp("sealed_as");
        return told == null ? field.name() : told;
    }

    private static int sibling(Schema.Field field, Schema of) {
        String kind = kind(field);
        return kind.startsWith("@") ? of.getField(kind.substring(1)).pos() : -1;
    }

    private static Map<String, String> kinds(Schema schema) {
        var kinds = new HashMap<String, String>();
        schema.getFields().stream()
                .filter(PersonalFields::isDeclared)
                .forEach(field -> kinds.put(field.name(), kind(field)));
        return Map.copyOf(kinds);
    }

    private static Schema bare(Schema schema) {
        return schema.isUnion() ? schema.getTypes().getLast() : schema;
    }

    private record Single(int position, boolean optional, String kind, int sibling, boolean anySite)
            implements Step {

        @Override
        public @Nullable Object apply(
                Object value, SpecificRecord record, String site, Change change) {
            String sealedAs =
                    sibling < 0 ? kind : OF_SUBMISSION.get(String.valueOf(record.get(sibling)));
            if (sealedAs == null) {
                return value;
            }
            var changed = change.of((Pii) value, anySite ? "" : site, sealedAs);
            return changed == null && !optional ? PersonalData.of("") : changed;
        }
    }

    private record ByKey(int position) implements Step {

        @Override
        public Object apply(Object value, SpecificRecord record, String site, Change change) {
            Map<String, Pii> changed = null;
            for (var entry : ((Map<?, ?>) value).entrySet()) {
                String name = entry.getKey().toString();
                String kind = OF_SUBMISSION.get(name);
                var old = (Pii) Objects.requireNonNull(entry.getValue());
                var now = kind == null ? old : change.of(old, site, kind);
                if (now != old) {
                    if (changed == null) {
                        changed = copy((Map<?, ?>) value);
                    }
                    if (now == null) {
                        changed.remove(name);
                    } else {
                        changed.put(name, now);
                    }
                }
            }
            return changed == null ? value : changed;
        }

        private static Map<String, Pii> copy(Map<?, ?> values) {
            var copy = new HashMap<String, Pii>();
            values.forEach((name, value) -> copy.put(name.toString(), (Pii) value));
            return copy;
        }
    }

    private record Inside(int position, boolean many) implements Step {

        @Override
        public Object apply(Object value, SpecificRecord record, String site, Change change) {
            if (!many) {
                return map((SpecificRecord) value, site, change);
            }
            var list = (List<?>) value;
            var mapped = new ArrayList<SpecificRecord>(list.size());
            boolean same = true;
            for (Object one : list) {
                var now = map((SpecificRecord) one, site, change);
                same &= now == one;
                mapped.add(now);
            }
            return same ? value : mapped;
        }
    }
}
