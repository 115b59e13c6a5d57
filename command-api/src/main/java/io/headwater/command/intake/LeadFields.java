package io.headwater.command.intake;

import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one submission says about a person, as text; not yet judged.
public final class LeadFields {

    private final Map<LeadField, String> values = new EnumMap<>(LeadField.class);
    private final List<ToldConsent> consents = new ArrayList<>();

    /// @param object its own members only; what nests is payload, but for consents. A name sent
    ///   twice in different spelling: the first value that is not blank counts, except for flags,
    ///   where any true counts
    public static LeadFields ofMembers(JsonNode object) {
        var fields = new LeadFields();
        object.properties()
                .forEach(member -> {
                    LeadField field = LeadField.named(member.getKey());
                    if (field != null) {
                        fields.putIfAbsent(field, member.getValue());
                    }
                });
        fields.addConsentsOf(object);
        return fields;
    }

    /// @return what was told one by one, in its order
    public List<ToldConsent> consents() {
        return List.copyOf(consents);
    }

    public void add(ToldConsent consent) {
        consents.add(consent);
    }

    /// Of its member `consents` or `consent`, where that is a list or an object.
    public void addConsentsOf(JsonNode object) {
        consents.addAll(ToldConsent.in(object));
    }

    public @Nullable String get(LeadField field) {
        return values.get(field);
    }

    public boolean has(LeadField field) {
        return values.containsKey(field);
    }

    /// @return a copy whose every value was changed
    LeadFields changed(UnaryOperator<String> change) {
        var copy = new LeadFields();
        values.forEach((field, value) -> copy.put(field, change.apply(value)));
        consents.forEach(consent -> copy.add(consent.changed(change)));
        return copy;
    }

    /// Blank and null change nothing.
    public void put(LeadField field, @Nullable String value) {
        String clean = Text.field(value, field.limit());
        if (clean != null) {
            values.put(field, clean);
        }
    }

    public void clear(LeadField field) {
        values.remove(field);
    }

    public void putIfAbsent(LeadField field, @Nullable String value) {
        if (!values.containsKey(field) || (field == LeadField.TEST && !flag(field))) {
            put(field, value);
        }
    }

    public void putIfAbsent(LeadField field, JsonNode value) {
        if (field == LeadField.HONEYPOT && value.isBoolean() && !value.booleanValue()) {
            return;
        }
        putIfAbsent(field, Json.text(value));
    }

    /// @return whether the field holds a yes
    public boolean flag(LeadField field) {
        String value = values.get(field);
        return value != null
                && switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "y", "1", "on" -> true;
                    default -> false;
                };
    }

    /// @return a number from 0 to a year of seconds; null when it is none
    @Nullable Double seconds(LeadField field) {
        String value = values.get(field);
        if (value == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            return number >= 0 && number <= 31_536_000 ? number : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
