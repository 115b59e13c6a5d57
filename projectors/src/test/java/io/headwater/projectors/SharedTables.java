package io.headwater.projectors;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tables of this version in the Postgres that the tests of this JVM share, for those that do
/// without the application.
public final class SharedTables {

    private static final String LOCATION = "classpath:db/projectors/";

    private SharedTables() {}

    /// Those of the platform.
    public static JdbcClient ops() {
        return migrated("ops", "ops");
    }

    /// Those of a generation of a projection that has a folder of its name.
    public static JdbcClient of(Generation generation) {
        return migrated(generation.schema(), "generation/" + generation.projection());
    }

    /// As the owner of the tables.
    public static PGSimpleDataSource source() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl());
        source.setUser(backends.jdbcUser());
        return source;
    }

    /// The same in a database of a test's own.
    public static void in(PGSimpleDataSource source, String schema, String folder) {
        Flyway.configure()
                .dataSource(source)
                .locations(LOCATION + folder)
                .defaultSchema(schema)
                .createSchemas(true)
                .load()
                .migrate();
    }

    private static JdbcClient migrated(String schema, String folder) {
        var source = source();
        in(source, schema, folder);
        return JdbcClient.create(source);
    }
}
