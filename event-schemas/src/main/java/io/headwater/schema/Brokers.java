package io.headwater.schema;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/// Where the brokers are, and how a client proves itself to them: what every client of Kafka has in
/// common, whatever it does.
///
/// @param servers host:port, comma-separated
public record Brokers(String servers, KafkaSecurity security) {

    /// Brokers that ask nobody who they are.
    public static Brokers at(String servers) {
        return new Brokers(servers, KafkaSecurity.NONE);
    }

    /// @return settings of Kafka's clients, to be added to
    public Map<String, Object> settings() {
        var settings = new HashMap<String, Object>(security.settings());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return settings;
    }

    /// @param more of one client; they count before those that all have
    public Map<String, Object> settings(Map<String, ?> more) {
        var settings = settings();
        settings.putAll(more);
        return settings;
    }
}
