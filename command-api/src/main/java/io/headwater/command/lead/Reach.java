package io.headwater.command.lead;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where a person may be found on lists of who must not be contacted: names that tell nothing
/// without the key, of everything they ever gave.
///
/// @param emails of addresses and their domains
/// @param phones of numbers
/// @param overfull whether they gave more than what is kept: then nobody can say that they are on
///   no list
record Reach(SortedSet<String> emails, SortedSet<String> phones, boolean overfull) {

    static final Reach NONE = new Reach(new TreeSet<>(), new TreeSet<>(), false);

    /// Of each kind; nobody has so many.
    private static final int MOST = 200;

    static Reach of(Collection<String> emails, Collection<String> phones) {
        return NONE.and(new Reach(new TreeSet<>(emails), new TreeSet<>(phones), false));
    }

    Reach and(Reach other) {
        if (emails.containsAll(other.emails)
                && phones.containsAll(other.phones)
                && (overfull || !other.overfull)) {
            return this;
        }
        var allEmails = new TreeSet<>(emails);
        var allPhones = new TreeSet<>(phones);
        boolean more = false;
        for (String name : other.emails) {
            more |= !(allEmails.contains(name) || (allEmails.size() < MOST && allEmails.add(name)));
        }
        for (String name : other.phones) {
            more |= !(allPhones.contains(name) || (allPhones.size() < MOST && allPhones.add(name)));
        }
        return new Reach(allEmails, allPhones, overfull || other.overfull || more);
    }

    /// @return what counts for a purpose: who must not be called may be written to; for everything
    ///   else both count
    List<String> namesFor(String purpose) {
        return switch (purpose) {
            case "email" -> List.copyOf(emails);
            case "phone", "sms" -> List.copyOf(phones);
            default -> {
                var both = new TreeSet<>(emails);
                both.addAll(phones);
                yield List.copyOf(both);
            }
        };
    }
}
