package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import io.headwater.launcher.sweep.Value;
import io.headwater.launcher.sweep.Value.Kind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a sweep looks for once a person is forgotten: read before, since nobody knows it after. In
/// the memory of the command only.
///
/// @param leads asked for, and those that are merged with them
record Person(List<String> leads, Set<Value> values) {

    private static final Map<String, Kind> MEMBERS =
            Map.of(
                    "email", Kind.EMAIL,
                    "phone", Kind.PHONE,
                    "first_name", Kind.NAME,
                    "last_name", Kind.NAME,
                    "full_name", Kind.NAME,
                    "message", Kind.TEXT,
                    "note", Kind.TEXT);

    /// Of what somebody wrote: what is shorter, others write, too.
    private static final int OWN_WORDS = 40;

    private static final int MOST_EVENTS = 200;

    static Person of(AdminApi api, List<String> asked)
            throws Failed, IOException, InterruptedException {
        var leads = OnePerson.of(api, asked);
        var values = new LinkedHashSet<Value>();
        for (var lead : leads.entrySet()) {
            collect(lead.getValue(), values);
            String path = "/analytics/leads/" + encoded(lead.getKey());
            collect(api.get(path + "/timeline?limit=" + MOST_EVENTS), values);
        }
        return new Person(List.copyOf(leads.keySet()), values);
    }

    private static void collect(JsonNode node, Set<Value> values) {
        node.forEachEntry((name, member) -> {
            var kind = MEMBERS.get(name);
            if (kind != null && member.isString()) {
                String text = member.asString();
                if (kind != Kind.TEXT || text.length() >= OWN_WORDS) {
                    values.add(new Value(kind, text));
                }
            }
        });
        node.forEach(member -> collect(member, values));
    }

    @Override
    public String toString() {
        return "Person[leads=%s, values=%d]".formatted(leads, values.size());
    }
}
