package io.headwater.query.platform.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param allowedOrigins origins whose scripts may call the API; `*` for all, which is safe because
///   a key travels in a header that scripts must set, never in a cookie
/// @param trustedProxies addresses or CIDR blocks whose `X-Forwarded-For` counts; empty: nobody's
@ConfigurationProperties("headwater.web")
public record WebSettings(List<String> allowedOrigins, List<String> trustedProxies) {}
