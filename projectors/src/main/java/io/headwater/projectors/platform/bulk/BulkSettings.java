package io.headwater.projectors.platform.bulk;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How the first rows of a generation are made; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.bulk")
public record BulkSettings(
        @DefaultValue("true") boolean enabled, @DefaultValue("64MB") DataSize memory) {}
