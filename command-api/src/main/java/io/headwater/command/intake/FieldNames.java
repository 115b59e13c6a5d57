package io.headwater.command.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Fields by every name under which callers send them.
public final class FieldNames {

    private FieldNames() {}

    /// @param names of a field, besides that of its constant
    /// @return by [LeadField#canonical]
    public static <F extends Enum<F>> Map<String, F> of(F[] fields, Function<F, String[]> names) {
        var byName = new HashMap<String, F>();
        for (F field : fields) {
            byName.put(LeadField.canonical(field.name()), field);
            for (String name : names.apply(field)) {
                byName.put(LeadField.canonical(name), field);
            }
        }
        return Map.copyOf(byName);
    }
}
