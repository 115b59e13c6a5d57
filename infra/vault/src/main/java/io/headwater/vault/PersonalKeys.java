package io.headwater.vault;

import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import io.headwater.schema.PersonalFields;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Seals and opens the personal fields of records.
///
/// A seal is bound to the site, to the key, which is that of one submission, session or receipt,
/// and to the kind of the field ([PersonalFields]); a row that a value was copied into knows all
/// three. Values that were written before there was a vault are not sealed and read as they are.
///
/// Opening throws what [KeySource] throws, and [BrokenSealException] for a value that was changed
/// or moved.
public final class PersonalKeys {

    private final KeySource keys;

    public PersonalKeys(KeySource keys) {
        this.keys = keys;
    }

    /// Seals what is in the clear: with the key that it was sealed with before, else with a fresh
    /// one. What belongs to an erased key is left out. A value that stands in the record more than
    /// once, the same object, is sealed once.
    ///
    /// @param site where the record names none
    /// @param fresh key of whom the record is about; asked only when it is needed
    /// @return the record itself when nothing was in the clear
    public <R extends SpecificRecord> R sealed(R record, String site, Supplier<DataKey> fresh) {
        var done = new IdentityHashMap<Pii, Sealed>();
        return PersonalFields.map(
                record,
                site,
                (value, where, kind) -> {
                    if (!PersonalData.isClear(value)) {
                        return value;
                    }
                    var before = done.get(value);
                    if (before != null
                            && before.site().equals(where)
                            && before.kind().equals(kind)) {
                        return before.value();
                    }
                    var key = key(value.getKid(), fresh);
                    var now =
                            key == null
                                    ? null
                                    : Envelope.seal(
                                            PersonalData.opened(value),
                                            key,
                                            place(where, key.kid(), kind));
                    done.put(value, new Sealed(now, where, kind));
                    return now;
                });
    }

    private record Sealed(@Nullable Pii value, String site, String kind) {}

    private @Nullable DataKey key(String kid, Supplier<DataKey> fresh) {
        if (kid.isEmpty()) {
            return fresh.get();
        }
        return keys.find(kid) instanceof KeyState.Active(DataKey key) ? key : null;
    }

    /// @param kind as [PersonalFields] tells it
    /// @return empty: erased, or null
    public Optional<String> open(@Nullable Pii value, String site, String kind) {
        if (value == null) {
            return Optional.empty();
        }
        return PersonalData.isClear(value)
                ? Optional.of(PersonalData.opened(value))
                : open(value, site, kind, keys::find);
    }

    private static Optional<String> open(
            Pii value, String site, String kind, Function<String, KeyState> keys) {
        return Envelope.open(value, keys.apply(value.getKid()), place(site, value.getKid(), kind));
    }

    /// The record in the clear; its values remember their keys, so that they are sealed with them
    /// again. What was erased is missing.
    ///
    /// @param site where the record names none
    public <R extends SpecificRecord> R opened(R record, String site) {
        return opened(record, site, keys::find);
    }

    /// Many with one look-up of their keys.
    public <R extends SpecificRecord> List<R> opened(Collection<R> records, String site) {
        var wanted = new HashSet<String>();
        records.forEach(record -> wanted.addAll(PersonalFields.keys(record)));
        Map<String, KeyState> found = wanted.isEmpty() ? Map.of() : keys.findAll(wanted);
        return records.stream()
                .map(record ->
                        opened(record, site, kid -> Objects.requireNonNull(found.get(kid), kid)))
                .toList();
    }

    private static <R extends SpecificRecord> R opened(
            R record, String site, Function<String, KeyState> keys) {
        return PersonalFields.map(
                record,
                site,
                (value, where, kind) ->
                        PersonalData.isClear(value)
                                ? value
                                : open(value, where, kind, keys)
                                        .map(text -> PersonalData.of(text, value.getKid()))
                                        .orElse(null));
    }

    /// The key stands for the submission, session or receipt: there is one for each.
    private static Place place(String site, String kid, String kind) {
        return new Place(site, "key:" + kid, kind);
    }
}
