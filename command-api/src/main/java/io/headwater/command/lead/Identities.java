package io.headwater.command.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names under which a person is known, as keys of a store: hashes only.
///
/// @param email of the project, null when not given; so are the next three
/// @param address only when there is no other identifier
/// @param anywhere e-mail and phone over all projects of the site, and what its source calls it,
///   which is how facts find leads
record Identities(
        @Nullable String email,
        @Nullable String phone,
        @Nullable String visitor,
        @Nullable String address,
        List<String> anywhere) {

    static Identities of(Submission submission) {
        String site = submission.getSiteId();
        String project = plain(submission.getProjectName());
        String email = key("email", site, project, open(submission.getEmail()));
        String phone = key("phone", site, project, open(submission.getPhone()));
        String visitor = key("visitor", site, project, submission.getVisitorId());
        boolean nothingElse = email == null && phone == null && visitor == null;
        return new Identities(
                email,
                phone,
                visitor,
                nothingElse ? key("address", site, project, open(submission.getUserIp())) : null,
                with(
                        anywhere(site, submission.getEmail(), submission.getPhone()),
                        refs(site, submission.getSourceId(), submission.getExternalId())));
    }

    static List<String> of(ProviderFact fact) {
        return with(anywhere(fact.getSiteId(), fact.getEmail(), fact.getPhone()), refs(fact));
    }

    /// What the fact is about and belongs to, by the names of its source: a refund names a payment,
    /// an erasure the lead as its provider calls it, and neither names a person.
    static List<String> refs(ProviderFact fact) {
        return refs(
                fact.getSiteId(), fact.getSourceId(), fact.getExternalRef(), fact.getPreviousRef());
    }

    private static List<String> refs(
            String site, @Nullable String source, @Nullable String... names) {
        return Arrays.stream(names)
                .map(name -> source == null ? null : key("ref", site, source, name))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static List<String> with(List<String> keys, List<String> more) {
        return Stream.concat(keys.stream(), more.stream()).toList();
    }

    private static List<String> anywhere(String site, @Nullable Pii email, @Nullable Pii phone) {
        return Stream.of(
                        key("any-email", site, "", open(email)),
                        key("any-phone", site, "", open(phone)))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static @Nullable String open(@Nullable Pii pii) {
        return PersonalData.open(pii);
    }

    private static @Nullable String key(
            String kind, String site, String project, @Nullable String value) {
        String plain = plain(value);
        return plain.isEmpty() ? null : Hash.of(kind, site, project, plain);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }
}
