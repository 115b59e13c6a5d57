package io.headwater.command.platform.web;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The URL of a request as its caller wrote it, which some providers sign: what trusted proxies say
/// about it, else below the public URL that is given out.
///
/// source: RFC 7239 (Forwarded); `X-Forwarded-Proto`, `-Host`, `-Port` and `-Prefix` as nginx,
/// HAProxy and Traefik send them
@Component
public final class PublicUrls {

    private final ClientAddress addresses;
    private final String base;

    PublicUrls(ClientAddress addresses, InstanceSettings instance) {
        this.addresses = addresses;
        String url = instance.publicUrl().toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// @return scheme, host, port unless it was left out, path as sent, query as sent
    public String of(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : "?" + query);
        String forwarded = addresses.throughTrustedProxy(request) ? forwardedBase(request) : null;
        return (forwarded == null ? base : forwarded) + path;
    }

    private @Nullable String forwardedBase(HttpServletRequest request) {
        int hops = addresses.trustedHops(request);
        var elements = values(request, "Forwarded");
        String element = seenBy(elements, hops);
        String host = element == null ? null : parameter(element, "host");
        String proto = element == null ? null : parameter(element, "proto");
        if (host == null) {
            host = seenBy(values(request, "X-Forwarded-Host"), hops);
        }
        if (proto == null) {
            proto = seenBy(values(request, "X-Forwarded-Proto"), hops);
        }
        if (host == null || !isHost(host)) {
            return null;
        }
        String scheme =
                proto == null || !(proto.equals("http") || proto.equals("https"))
                        ? base.substring(0, Math.max(0, base.indexOf("://")))
                        : proto;
        String port = seenBy(values(request, "X-Forwarded-Port"), hops);
        String prefix = seenBy(values(request, "X-Forwarded-Prefix"), hops);
        return scheme
                + "://"
                + host
                + (port == null || isUsual(scheme, port) || hasPort(host) ? "" : ":" + port)
                + (prefix == null || prefix.equals("/") ? "" : prefix);
    }

    /// Each proxy adds to the end: what the outermost trusted one saw stands as many places before
    /// the end as there are trusted proxies behind it. Whatever stands before that, the caller may
    /// have made up.
    private static @Nullable String seenBy(List<String> values, int hops) {
        return values.isEmpty() ? null : values.get(Math.max(0, values.size() - 1 - hops));
    }

    /// @return the comma-separated values of all lines of the header, in order
    private static List<String> values(HttpServletRequest request, String header) {
        var values = new ArrayList<String>();
        for (String line : Collections.list(request.getHeaders(header))) {
            for (String value : line.split(",", -1)) {
                if (!value.isBlank()) {
                    values.add(value.strip());
                }
            }
        }
        return values;
    }

    private static @Nullable String parameter(String element, String name) {
        for (String pair : element.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = pair.substring(equals + 1).strip();
                return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return null;
    }

    private static boolean isHost(String text) {
        return !text.isEmpty()
                && text.length() <= 260
                && text.chars()
                        .allMatch(c ->
                                (c < 0x80 && Character.isLetterOrDigit(c))
                                        || ".-:[]_".indexOf(c) >= 0);
    }

    private static boolean hasPort(String host) {
        return host.lastIndexOf(':') > host.lastIndexOf(']');
    }

    private static boolean isUsual(String scheme, String port) {
        return port.equals(scheme.equals("https") ? "443" : "80")
                || !port.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
