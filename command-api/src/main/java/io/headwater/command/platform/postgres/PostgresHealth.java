package io.headwater.command.platform.postgres;

import io.headwater.command.platform.health.HealthPart;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Whether plans and shared limits work; leads are taken without.
@Component
class PostgresHealth implements HealthPart {

    private final OpsDatabase database;

    PostgresHealth(OpsDatabase database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public boolean up() {
        if (!database.ready()) {
            return false;
        }
        try {
            return database.jdbc().sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException away) {
            return false;
        }
    }

    @Override
    public boolean required() {
        return false;
    }
}
