package io.headwater.vault;

import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Lets a migration of a large vault take its time: connections to the vault end statements after a
/// few seconds, which would make it fail at every start.
final class UnhurriedMigrations implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute("set local statement_timeout = 0");
            // The pool sets it again when it gets its connection back.
            context.getConnection().setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException away) {
            throw new VaultUnavailableException(away);
        }
    }

    @Override
    public String getCallbackName() {
        return "unhurried";
    }
}
