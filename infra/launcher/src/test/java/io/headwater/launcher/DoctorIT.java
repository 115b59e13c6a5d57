package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// The doctor on a platform as `./headwater up` makes it.
class DoctorIT {

    private static final String SUPERUSER = "postgres";

    private final LaunchedPlatform platform = LaunchedPlatform.shared();

    @Test
    void nothingIsUnsafeUntilSomethingIs() throws Exception {
        var healthy = platform.another("doctor");
        assertThat(healthy.said())
                .contains("keys and data are their owner's alone")
                .contains("every port is open on this machine only")
                .contains("fsync and checksums are on, roles are small")
                .doesNotContain("UNSAFE");
        assertThat(healthy.status()).isZero();

        sql("alter system set full_page_writes = off");
        sql("select pg_reload_conf()");
        sql("create role headwater_too_mighty createrole");
        try {
            soon(() -> {
                var ill = platform.another("doctor");
                assertThat(ill.said())
                        .contains("UNSAFE   postgres  full_page_writes is off")
                        .contains("UNSAFE   postgres  role headwater_too_mighty may do more")
                        .contains("2 unsafe, ");
                assertThat(ill.status()).isEqualTo(1);
            });
        } finally {
            sql("drop role headwater_too_mighty");
            sql("alter system reset full_page_writes");
            sql("select pg_reload_conf()");
        }
    }

    private void sql(String sql) throws SQLException {
        String url = platform.told().path("postgres").path("jdbc_url").asString();
        try (var connection = DriverManager.getConnection(url, SUPERUSER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
