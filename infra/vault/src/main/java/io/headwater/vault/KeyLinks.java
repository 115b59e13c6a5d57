package io.headwater.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

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

    /// One key of one owner.
    public record Link(Owner owner, String kid) {}

    private KeyLinks() {}

    static void add(Connection connection, Collection<Link> links) throws SQLException {
        if (links.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into vault.link (purpose, subject, kid)
                        select distinct * from unnest(?, ?, ?) on conflict do nothing
                        """)) {
            insert.setArray(
                    1, texts(connection, links.stream().map(l -> l.owner().purpose()).toList()));
            insert.setArray(
                    2, texts(connection, links.stream().map(l -> l.owner().subject()).toList()));
            insert.setArray(3, texts(connection, links.stream().map(Link::kid).toList()));
            insert.executeUpdate();
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

    static java.sql.Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
