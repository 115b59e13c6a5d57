package io.headwater.query.platform.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param heartbeat a comment this often keeps proxies from closing a quiet stream
/// @param backlog events that may wait for one slow client; one more ends its stream
/// @param mostStreams at once; one more gets 503
@ConfigurationProperties("headwater.live")
record LiveSettings(Duration heartbeat, int backlog, int mostStreams) {}
