package io.headwater.projectors.platform.bulk;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How the first rows of a generation are made; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.bulk")
public record BulkSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("64MB") DataSize readBytes) {

    private static final DataSize LEAST = DataSize.ofMegabytes(1);

    public BulkSettings {
        if (readBytes.toBytes() != 0 && readBytes.compareTo(LEAST) < 0) {
            // One answer of a broker has more; less would look like a broker that is away.
            throw new IllegalArgumentException(
                    "headwater.bulk.read-bytes is 0, for no limit, or at least 1MB");
        }
    }
}
