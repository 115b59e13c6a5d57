package io.headwater.query.platform.postgres;

import io.headwater.query.platform.web.HealthPart;
import io.headwater.schema.ViewTable;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `ok`, `down`, or `views-missing` until every view was published once.
@Component
class PostgresHealth implements HealthPart {

    private static final Set<String> VIEWS =
            ViewTable.all().stream().map(ViewTable::name).collect(Collectors.toSet());

    private final JdbcClient jdbc;

    PostgresHealth(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String state() {
        try {
            int published =
                    jdbc.sql(
                                    """
                                    select count(*)
                                    from pg_views
                                    where schemaname = 'read'
                                      and viewname in (:views)
                                    """)
                            .param("views", VIEWS)
                            .query(Integer.class)
                            .single();
            return published == VIEWS.size() ? "ok" : "views-missing";
        } catch (BadSqlGrammarException e) {
            return "views-missing";
        } catch (DataAccessException e) {
            return "down";
        }
    }
}
