package io.headwater.projectors.platform.bulk;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the archive of the event topics is; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.s3")
public record ArchiveSettings(
        URI endpoint,
        String accessKey,
        String secretKey,
        String bucket,
        @DefaultValue("30s") Duration callLimit) {}
