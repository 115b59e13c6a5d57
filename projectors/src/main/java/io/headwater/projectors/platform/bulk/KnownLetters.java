package io.headwater.projectors.platform.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Source records that the live generation could not fold either.
final class KnownLetters {

    private static final String HAS =
            """
            select exists (
                select
                from ops.dead_letter d
                join ops.projection p on p.projection = d.projection and p.generation = d.generation
                where d.projection = ? and p.state = 'LIVE'
                  and d.topic = ? and d.part = ? and d."offset" = ?)\
            """;

    private final Connection connection;
    private final String projection;

    KnownLetters(Connection connection, String projection) {
        this.connection = connection;
        this.projection = projection;
    }

    boolean has(ConsumerRecord<byte[], byte[]> source) throws SQLException {
        try (var select = connection.prepareStatement(HAS)) {
            select.setString(1, projection);
            select.setString(2, source.topic());
            select.setInt(3, source.partition());
            select.setLong(4, source.offset());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
