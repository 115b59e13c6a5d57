package io.headwater.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// Whose data the keys seal, in the table `vault.link`: whoever is to be forgotten, all their keys
/// are found here. Adding what is there already changes nothing.
public final class KeyLinks {

    /// Purposes of owners.
    public static final String LEAD = "lead";

    public static final String SUBMISSION = "submission";

    public static final String FACT = "fact";

    public static final String RECEIPT = "receipt";

    public static final String SESSION = "session";

    /// Whose session it is: `site/visitor`.
    public static final String VISITOR = "visitor";

    /// Who sent the submission: `site/visitor`.
    public static final String SUBMITTER = "submitter";

    /// The session that the submission was sent from, as it says.
    public static final String VISIT = "visit";

    /// One key of one owner.
    public record Link(Owner owner, String kid) {}

    /// What is known of a lead, or of a visitor, by its keys: ids of what has something of it.
    ///
    /// @param kids keys that seal something of it: of its submissions and facts, of the requests
    ///   that brought them, of the sessions of those who sent them
    public record Traces(
            List<String> kids,
            List<String> submissions,
            List<String> facts,
            List<String> receipts,
            List<String> sessions) {}

    private static final String TRACES =
            """
            with own as (
                select kid from vault.link where purpose = 'lead' and subject = ?),
            sent as (
                select subject from vault.link where purpose = 'submission' and kid in (select kid from own)),
            told as (
                select subject from vault.link where purpose = 'fact' and kid in (select kid from own)),
            bodies as (
                select kid from vault.link where purpose = 'submission' and subject in (select subject from sent)
                union
                select kid from vault.link where purpose = 'fact' and subject in (select subject from told)),
            visits as (
                select v.kid from vault.link v
                where v.purpose = 'visitor' and v.subject in (
                    select ?
                    union
                    select subject from vault.link where purpose = 'submitter' and kid in (select kid from own))),
            walks as (
                select subject from vault.link where purpose = 'session' and kid in (select kid from visits)
                union
                select subject from vault.link where purpose = 'visit' and kid in (select kid from own)),
            steps as (
                select kid from vault.link where purpose = 'session' and subject in (select subject from walks)),
            kids as (
                select kid from own union select kid from bodies union select kid from visits
                union select kid from steps)
            select 'kid' as purpose, kid as subject from kids
            union
            select purpose, subject from vault.link
            where kid in (select kid from kids) and purpose in ('receipt', 'session')
            union
            select 'submission', subject from sent
            union
            select 'fact', subject from told
            union
            select 'session', subject from walks
            """;

    private static final String ADD =
            """
            with fresh as (
                insert into vault.link (purpose, subject, kid)
                select distinct * from unnest(?, ?, ?) order by 1, 2, 3
                on conflict do nothing
                returning purpose, subject),
            again as (
                select subject as lead_id from fresh where purpose = 'lead'
                union
                select l.subject from fresh f
                join vault.link o on o.purpose = f.purpose and o.subject = f.subject
                join vault.link l on l.kid = o.kid and l.purpose = 'lead'
                where f.purpose in ('submission', 'fact')
                union
                select e.subject from fresh f
                join vault.link o on o.purpose = 'session' and o.subject = f.subject
                join vault.erasure e on e.kid = o.kid and e.purpose in ('lead', 'visitor')
                where f.purpose = 'session'),
            undone as (
                delete from vault.erase_step where lead_id in (select lead_id from again))
            update vault.erase_job set state = 'forgotten', destroyed_at = null, done_at = null
            where lead_id in (select lead_id from again) and state in ('destroyed', 'done')
            """;

    private KeyLinks() {}

    /// Adds links. A lead that was forgotten and turns up again, because something that was of it
    /// was delivered once more or a session of theirs went on, is to be forgotten once more: its
    /// job goes back to where keys are destroyed.
    static void add(Connection connection, Collection<Link> links) throws SQLException {
        if (links.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setArray(
                    1,
                    Columns.texts(
                            connection, links.stream().map(l -> l.owner().purpose()).toList()));
            insert.setArray(
                    2,
                    Columns.texts(
                            connection, links.stream().map(l -> l.owner().subject()).toList()));
            insert.setArray(3, Columns.texts(connection, links.stream().map(Link::kid).toList()));
            insert.execute();
        }
    }

    /// What one owner has is another's, too.
    static void share(Connection connection, Owner from, Owner with) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.link (purpose, subject, kid)
                        select ?, ?, kid from vault.link where purpose = ? and subject = ?
                        on conflict do nothing
                        """)) {
            insert.setString(1, with.purpose());
            insert.setString(2, with.subject());
            insert.setString(3, from.purpose());
            insert.setString(4, from.subject());
            insert.executeUpdate();
        }
    }

    static Traces traces(Connection connection, String subject) throws SQLException {
        var found = new TreeMap<String, List<String>>();
        try (var select = connection.prepareStatement(TRACES)) {
            select.setString(1, subject);
            select.setString(2, subject);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return new Traces(
                found.getOrDefault("kid", List.of()),
                found.getOrDefault(SUBMISSION, List.of()),
                found.getOrDefault(FACT, List.of()),
                found.getOrDefault(RECEIPT, List.of()),
                found.getOrDefault(SESSION, List.of()));
    }
}
