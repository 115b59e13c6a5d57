package io.headwater.projectors.platform.rebuild;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How generations are made; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.rebuild")
record RebuildSettings(
        @DefaultValue("1s") Duration caughtUpAge,
        @DefaultValue("10s") Duration steady,
        @DefaultValue("60s") Duration cutLimit,
        @DefaultValue("5s") Duration rollbackAge,
        @DefaultValue("24h") Duration keep,
        @DefaultValue("1s") Duration liveAge,
        @DefaultValue("100ms") Duration commitTime) {}
