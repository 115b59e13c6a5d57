package io.headwater.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/// Sessions of those who were forgotten. A session that was erased stays so: what comes of it later
/// is not kept either.
public final class ErasedSessions {

    private final Transactions transactions;

    ErasedSessions(DataSource vault) {
        transactions = new Transactions(vault);
    }

    /// Those of which a key was destroyed, as the vault knows now.
    ///
    /// @param sessions ids, whoever made them
    /// @throws VaultUnavailableException when the database does not answer
    public Set<String> among(Collection<String> sessions) {
        if (sessions.isEmpty()) {
            return Set.of();
        }
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            """
                            select distinct l.subject from vault.link l
                            join vault.data_key k on k.kid = l.kid and k.state = 'erased'
                            where l.purpose = 'session' and l.subject = any (?)
                            """)) {
                select.setArray(1, Columns.texts(connection, sessions));
                return subjects(select.executeQuery());
            }
        });
    }

    private static Set<String> subjects(ResultSet rows) throws SQLException {
        var subjects = new HashSet<String>();
        try (rows) {
            while (rows.next()) {
                subjects.add(rows.getString(1));
            }
        }
        return subjects;
    }
}
