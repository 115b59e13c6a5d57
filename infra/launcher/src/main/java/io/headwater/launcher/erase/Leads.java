package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import io.headwater.launcher.sweep.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A person, as asked for: by lead, e-mail, phone, or the id of a visitor.
record Leads(String option, String text) {

    static final Set<String> OPTIONS = Set.of("--lead", "--email", "--phone", "--visitor");
    private static final int MOST = 100;

    /// @throws Failed when not exactly one person is named
    static Leads of(String command, Words words) throws Failed {
        var named =
                OPTIONS.stream()
                        .flatMap(option ->
                                words.all(option).stream().map(value -> new Leads(option, value)))
                        .toList();
        if (named.size() != 1) {
            throw new Failed(
                    "whom? ./headwater %s --lead ID, --email ADDRESS, --phone +NUMBER or --visitor ID"
                            .formatted(command));
        }
        var one = named.getFirst();
        if (one.option.equals("--phone") && !one.text.startsWith("+")) {
            throw new Failed(
                    "a number begins with + and the country's code, else it may be another's");
        }
        return one;
    }

    /// @return at least one lead or session
    /// @throws Failed when there is none
    VisitorFound find(AdminApi api) throws Failed, IOException, InterruptedException {
        if (option.equals("--visitor")) {
            var visits = VisitorFound.of(api, text);
            if (visits.leads().isEmpty() && visits.sessions().isEmpty()) {
                throw new Failed("there is no such visitor");
            }
            return visits;
        }
        return new VisitorFound(Map.of(), leads(api));
    }

    private List<JsonNode> leads(AdminApi api) throws Failed, IOException, InterruptedException {
        if (option.equals("--lead")) {
            return List.of(api.get("/analytics/leads/" + encoded(text)));
        }
        String asked = option.substring(2) + "=" + encoded(text);
        var items = api.get("/analytics/leads?limit=" + MOST + "&" + asked).path("items");
        if (items.size() == MOST) {
            throw new Failed("%d leads or more match: ask for each, by --lead".formatted(MOST));
        }
        var leads = new ArrayList<JsonNode>();
        for (var one : items) {
            if (option.equals("--email")
                    || digits(one.path("phone").asString("")).equals(digits(text))) {
                leads.add(one);
            }
        }
        if (leads.isEmpty()) {
            throw new Failed("there is no such lead");
        }
        return leads;
    }

    /// What was typed, when it is the person's.
    Optional<Value> value() {
        return switch (option) {
            case "--email" -> Optional.of(new Value(Value.Kind.EMAIL, text));
            case "--phone" -> Optional.of(new Value(Value.Kind.PHONE, text));
            default -> Optional.empty();
        };
    }

    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
