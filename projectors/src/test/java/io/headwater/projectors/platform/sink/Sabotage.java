package io.headwater.projectors.platform.sink;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What a sink that is built wrong does; by default nothing is wrong.
class Sabotage {

    static final Sabotage NONE = new Sabotage();

    /// @return what is written instead of these records
    List<ConsumerRecord<byte[], byte[]>> instead(List<ConsumerRecord<byte[], byte[]>> records) {
        return records;
    }

    /// @param number of the batch, from 0
    /// @return whether the batch is written again as if it were the next one
    boolean doubles(int number) {
        return false;
    }

    /// @param number of the batch, from 0
    /// @return whether its position is committed before its rows, and the sink dies in between
    boolean commitsPositionFirst(int number) {
        return false;
    }

    /// @return the statement that Postgres gets instead
    String sql(String statement) {
        return statement;
    }
}
