package io.headwater.command.access.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which coding of a representation a client takes.
///
/// source: RFC 9110, section 12.5.3
final class ContentCodings {

    static final String IDENTITY = "identity";

    private ContentCodings() {}

    /// @param accepted value of `Accept-Encoding`; null: the client does not say
    /// @param offered the server's, best first; identity need not be among them
    /// @return the one with the highest weight, of equal ones the first; identity when the client
    ///   takes none of them
    static String chosen(@Nullable String accepted, List<String> offered) {
        if (accepted == null || accepted.isBlank()) {
            return IDENTITY;
        }
        var weights = weights(accepted);
        String best = IDENTITY;
        double most = 0;
        for (String coding : offered) {
            Double weight = weights.getOrDefault(coding, weights.get("*"));
            if (weight != null && weight > most) {
                best = coding;
                most = weight;
            }
        }
        double plain = weights.getOrDefault(IDENTITY, 0.0);
        return plain > most ? IDENTITY : best;
    }

    private static Map<String, Double> weights(String accepted) {
        var weights = new HashMap<String, Double>();
        for (String element : accepted.split(",")) {
            String[] parts = element.split(";");
            String coding = parts[0].strip().toLowerCase(Locale.ROOT);
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    weight = weight(parameter.substring(2));
                }
            }
            weights.put(coding.equals("x-gzip") ? "gzip" : coding, weight);
        }
        return weights;
    }

    /// What is no weight refuses: nobody gets a coding that they may not understand.
    private static double weight(String text) {
        return text.matches("[01](\\.\\d{0,3})?") ? Math.min(1, Double.parseDouble(text)) : 0;
    }
}
