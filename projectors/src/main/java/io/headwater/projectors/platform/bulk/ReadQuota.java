package io.headwater.projectors.platform.bulk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/// What the consumer of a backfill may take from each broker: reading whole topics as fast as they
/// come would leave nothing to live consumers. The brokers keep to it, by client id.
final class ReadQuota {

    static final String NAME = "consumer_byte_rate";

    private static final Logger log = LoggerFactory.getLogger(ReadQuota.class);

    private ReadQuota() {}

    /// Stays when the backfill is over: nobody else has its client id.
    ///
    /// @param perSecond zero: no quota
    static void set(Admin admin, String clientId, DataSize perSecond) {
        @Nullable Double rate = perSecond.toBytes() == 0 ? null : (double) perSecond.toBytes();
        try {
            admin.alterClientQuotas(
                            List.of(
                                    new ClientQuotaAlteration(
                                            new ClientQuotaEntity(
                                                    Map.of(ClientQuotaEntity.CLIENT_ID, clientId)),
                                            List.of(new ClientQuotaAlteration.Op(NAME, rate)))))
                    .all()
                    .get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptException(stopped);
        } catch (ExecutionException | KafkaException refused) {
            // Whoever may not set quotas may have set one: the rebuild goes on.
            log.atWarn()
                    .addKeyValue("client", clientId)
                    .addKeyValue("reason", refused.getMessage())
                    .log("the quota of a backfill is not set");
        }
    }
}
