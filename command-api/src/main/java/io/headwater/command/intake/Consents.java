package io.headwater.command.intake;

import static io.headwater.command.intake.LeadField.*;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Purposes;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.events.lead.Consent;
import io.headwater.schema.PersonalData;
import io.headwater.web.ClientAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody agreed to with a submission, judged: consents that were told one by one, else the
/// one that the fields `consent`, `consent_text` … are about.
///
/// A consent without purposes of its own has those of the field `consent_purposes`; without a time,
/// address or page it has those of the submission.
final class Consents {

    private static final int MOST = 20;

    /// A text is kept whole or, when it is longer, as its hash: half of it proves nothing.
    private static final int LONGEST_TEXT = 4_000;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LEADID =
            Pattern.compile(
                    "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private Consents() {}

    /// @param ip the submission's
    static List<Consent> of(
            LeadFields fields, Instant submittedAt, Instant receivedAt, @Nullable String ip) {
        var told = fields.consents();
        return (told.isEmpty() ? ofFields(fields) : told)
                .stream()
                        .limit(MOST)
                        .map(one -> judged(one, fields, submittedAt, receivedAt, ip))
                        .toList();
    }

    private static List<ToldConsent> ofFields(LeadFields fields) {
        Boolean granted = ToldConsent.answer(fields.get(CONSENT));
        String text = fields.get(CONSENT_TEXT);
        return granted == null && text == null
                ? List.of()
                : List.of(
                        new ToldConsent(
                                null, List.of(), granted, text, null, null, null, null, null));
    }

    private static Consent judged(
            ToldConsent told,
            LeadFields fields,
            Instant submittedAt,
            Instant receivedAt,
            @Nullable String ip) {
        String text = told.text();
        return Consent.newBuilder()
                .setName(told.name())
                .setPurposes(purposes(told, fields))
                .setGranted(told.granted() == null || told.granted())
                .setAt(at(or(told.at(), fields.get(CONSENT_AT)), submittedAt, receivedAt))
                .setText(
                        PersonalData.ofNullable(
                                text != null && text.length() <= LONGEST_TEXT ? text : null))
                .setTextHash(text == null ? hash(told.textHash()) : Sha256.hex(text))
                .setVersion(or(told.version(), fields.get(CONSENT_VERSION)))
                .setIp(PersonalData.ofNullable(address(told.ip(), fields.get(CONSENT_IP), ip)))
                .setPage(or(told.page(), fields.get(PAGE_URL)))
                .build();
    }

    private static List<String> purposes(ToldConsent told, LeadFields fields) {
        var own = Purposes.of(told.purposes());
        String common = fields.get(CONSENT_PURPOSES);
        return own.isEmpty() && common != null ? Purposes.of(List.of(common)) : own;
    }

    private static Instant at(@Nullable String told, Instant submittedAt, Instant receivedAt) {
        Instant at = Timestamps.parse(told);
        return at == null || Timestamps.absurdity(at, receivedAt) != null ? submittedAt : at;
    }

    private static @Nullable String hash(@Nullable String told) {
        String hash = told == null ? "" : told.toLowerCase(Locale.ROOT);
        return HASH.matcher(hash).matches() ? hash : null;
    }

    private static @Nullable String address(@Nullable String... told) {
        for (String one : told) {
            if (one != null && ClientAddress.literal(one) != null) {
                return one;
            }
        }
        return null;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /// @return the certificate's URL; null for what is none of TrustedForm
    ///
    ///   source: community.activeprospect.com, "TrustedForm Certify"
    static @Nullable String trustedFormUrl(LeadFields fields) {
        String told = fields.get(TRUSTED_FORM_URL);
        if (told == null) {
            return null;
        }
        try {
            URI url = new URI(told);
            String host = Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT);
            boolean theirs = host.equals("trustedform.com") || host.endsWith(".trustedform.com");
            return "https".equalsIgnoreCase(url.getScheme()) && theirs ? told : null;
        } catch (URISyntaxException none) {
            return null;
        }
    }

    /// @return the token; null for what is no LeadiD
    static @Nullable String leadIdToken(LeadFields fields) {
        String told = fields.get(LEADID_TOKEN);
        return told != null && LEADID.matcher(told).matches() ? told : null;
    }
}
