package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the address of a page tells about how a person came there: UTM parameters and click ids.
/// Nothing else is read from it: an address may be forged by whoever hands out a link.
final class Links {

    private static final Set<LeadField> TOLD =
            EnumSet.of(
                    LeadField.UTM_SOURCE,
                    LeadField.UTM_MEDIUM,
                    LeadField.UTM_CAMPAIGN,
                    LeadField.UTM_TERM,
                    LeadField.UTM_CONTENT,
                    LeadField.GCLID,
                    LeadField.FBCLID);

    private Links() {}

    /// The page, and what its query says; what the body itself says counts more.
    static void page(LeadFields fields, @Nullable String url) {
        fields.putIfAbsent(LeadField.PAGE_URL, url);
        campaign(fields, url);
    }

    /// What the query of an address says; broken parameters say nothing.
    static void campaign(LeadFields fields, @Nullable String url) {
        int start = url == null ? -1 : url.indexOf('?');
        if (url == null || start < 0) {
            return;
        }
        int hash = url.indexOf('#', start);
        for (String pair : url.substring(start + 1, hash < 0 ? url.length() : hash).split("&")) {
            int equals = pair.indexOf('=');
            LeadField field = equals < 1 ? null : LeadField.named(pair.substring(0, equals));
            if (field != null && TOLD.contains(field)) {
                fields.putIfAbsent(field, decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }
}
