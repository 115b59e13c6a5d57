package io.headwater.query.platform.postgres;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;

/// Rows as records: column `created_at` becomes component `createdAt`.
public final class Rows {

    private Rows() {}

    public static <T> RowMapper<T> of(Class<T> type) {
        return new SimplePropertyRowMapper<>(type);
    }
}
