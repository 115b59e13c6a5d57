package io.headwater.query.privacy;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whose rows are exported.
///
/// @param subject as asked for: `lead_id`, or `site_id` and `visitor_id`
/// @param ids of theirs, by the column of [#COLUMNS] that names them
/// @param visitors who sent their submissions, or the one that was asked for
/// @param byAddress those ids of submissions and facts that no lead has and an address makes theirs
/// @param otherLeads that came of a visitor; each is a person to be asked for by itself
record Person(
        Map<String, String> subject,
        SortedMap<String, SortedSet<String>> ids,
        SortedSet<Visitor> visitors,
        SortedSet<String> byAddress,
        SortedSet<String> otherLeads) {

    static final String LEAD = "lead_id";
    static final String SUBMISSION = "submission_id";
    static final String FACT = "fact_id";
    static final String RECEIPT = "receipt_id";
    static final String SESSION = "session_id";

    static final Set<String> COLUMNS = Set.of(LEAD, SUBMISSION, FACT, RECEIPT, SESSION);

    /// A visitor of a site.
    record Visitor(String siteId, String visitorId) implements Comparable<Visitor> {

        @Override
        public int compareTo(Visitor other) {
            int bySite = siteId.compareTo(other.siteId);
            return bySite != 0 ? bySite : visitorId.compareTo(other.visitorId);
        }
    }

    static Person of(Map<String, String> subject) {
        var ids = new TreeMap<String, SortedSet<String>>();
        COLUMNS.forEach(column -> ids.put(column, new TreeSet<>()));
        return new Person(subject, ids, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    SortedSet<String> of(String column) {
        return ids.getOrDefault(column, new TreeSet<>());
    }

    void add(String column, Collection<String> some) {
        of(column).addAll(some);
    }

    /// As parameters of SQL.
    String[] array(String column) {
        return of(column).toArray(String[]::new);
    }
}
