package io.headwater.command.lead;

import io.headwater.command.platform.contact.ContactHash;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.Pii;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives people names: those of a submission and of a fact. What was erased gives none.
///
/// Opens what is sealed, so everything it does may wait for the vault.
final class Namer {

    private final NamesOfPeople people;

    Namer(NamesOfPeople people) {
        this.people = people;
    }

    Identities of(Submission submission) {
        String site = submission.getSiteId();
        String project = plain(submission.getProjectName());
        String mail = open(submission.getEmail(), site, "email");
        String number = open(submission.getPhone(), site, "phone");
        String email = key("email", site, project, mail);
        String phone = key("phone", site, project, number);
        String visitor = key("visitor", site, project, submission.getVisitorId());
        boolean nothingElse = email == null && phone == null && visitor == null;
        return new Identities(
                email,
                phone,
                visitor,
                nothingElse
                        ? key("address", site, project, open(submission.getUserIp(), site, "ip"))
                        : null,
                with(
                        anywhere(site, mail, number),
                        refs(site, submission.getSourceId(), submission.getExternalId())));
    }

    List<String> of(ProviderFact fact) {
        String site = fact.getSiteId();
        return with(
                anywhere(
                        site,
                        open(fact.getEmail(), site, "email"),
                        open(fact.getPhone(), site, "phone")),
                refs(fact));
    }

    /// Where somebody may be found on lists of who must not be contacted.
    Reach reach(String site, @Nullable Pii email, @Nullable Pii phone) {
        String mail = open(email, site, "email");
        String number = open(phone, site, "phone");
        return Reach.of(
                mail == null ? List.of() : listNames(ContactHash.ofEmail(mail)),
                number == null ? List.of() : listNames(ContactHash.ofPhone(number)));
    }

    /// The key of such names.
    String listKey() {
        return people.index().keyId(Suppressions.ANY_SITE);
    }

    /// Lists may be of all sites, so their names are, too.
    private List<String> listNames(List<String> hashes) {
        return hashes.stream()
                .map(hash -> people.index().name(Suppressions.ANY_SITE, hash))
                .toList();
    }

    /// What the fact is about and belongs to, by the names of its source: a refund names a payment,
    /// an erasure the lead as its provider calls it, and neither names a person.
    List<String> refs(ProviderFact fact) {
        return refs(
                fact.getSiteId(), fact.getSourceId(), fact.getExternalRef(), fact.getPreviousRef());
    }

    private List<String> refs(String site, @Nullable String source, @Nullable String... names) {
        return Arrays.stream(names)
                .map(name -> source == null ? null : key("ref", site, source, name))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static List<String> with(List<String> keys, List<String> more) {
        return Stream.concat(keys.stream(), more.stream()).toList();
    }

    private List<String> anywhere(String site, @Nullable String email, @Nullable String phone) {
        return Stream.of(key("any-email", site, "", email), key("any-phone", site, "", phone))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /// @param kind as [io.headwater.schema.PersonalFields] tells it
    /// @return null: erased, or null
    @Nullable String open(@Nullable Pii pii, String site, String kind) {
        return people.data().open(pii, site, kind).orElse(null);
    }

    private @Nullable String key(String kind, String site, String project, @Nullable String value) {
        String plain = plain(value);
        return plain.isEmpty()
                ? null
                : people.index().name(site, Hash.of(kind, site, project, plain));
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }
}
