package io.headwater.command.intake.replay;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;

/// What a mapping can read of a submission, as text by Avro field name. Who it is by visitor and
/// session, and whether it is a test, is no matter of correction.
final class Readings {

    static final List<String> NAMES = List.of("first_name", "full_name", "last_name");

    private static final Set<String> FIELDS =
            Set.of(
                    "first_name",
                    "last_name",
                    "full_name",
                    "email",
                    "phone",
                    "country_code",
                    "message",
                    "project_name",
                    "user_location",
                    "lead_source",
                    "source_team",
                    "cta",
                    "country",
                    "city",
                    "region",
                    "timezone",
                    "utm_source",
                    "utm_medium",
                    "utm_campaign",
                    "utm_term",
                    "utm_content",
                    "gclid",
                    "fbclid",
                    "page_url",
                    "referred_by",
                    "searched_keyword",
                    "external_id",
                    "submitted_at");

    private Readings() {}

    static Map<String, String> of(Submission submission) {
        var values = new TreeMap<String, String>();
        for (String name : FIELDS) {
            Schema.Field field = submission.getSchema().getField(name);
            Object value = submission.get(field.pos());
            if (value != null) {
                values.put(
                        name,
                        value instanceof Pii pii ? PersonalData.opened(pii) : value.toString());
            }
        }
        return values;
    }

    /// @return names of what differs; a name of a person is one thing, so that all its parts differ
    ///   or none
    static Set<String> differing(Map<String, String> known, Map<String, String> again) {
        var names = new TreeSet<String>();
        for (String name : FIELDS) {
            if (!Objects.equals(known.get(name), again.get(name))) {
                names.add(name);
            }
        }
        if (NAMES.stream().anyMatch(names::contains)) {
            NAMES.stream()
                    .filter(name -> known.containsKey(name) || again.containsKey(name))
                    .forEach(names::add);
        }
        return names;
    }

    static boolean covers(String name) {
        return FIELDS.contains(name);
    }

    static Map<String, Pii> told(Map<String, String> values, Set<String> names) {
        var told = new TreeMap<String, Pii>();
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                told.put(name, PersonalData.of(value));
            }
        }
        return told;
    }
}
