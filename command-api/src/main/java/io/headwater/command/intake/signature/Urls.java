package io.headwater.command.intake.signature;

import java.util.Locale;
import java.util.Map;

/// Spellings of one URL. A provider signs the one that it was given, a proxy may show us another.
final class Urls {

    /// What HubSpot decodes before it signs.
    ///
    /// source: HubSpot, "Validating requests", v3
    private static final Map<String, String> HUBSPOT_DECODED =
            Map.ofEntries(
                    Map.entry("%3A", ":"),
                    Map.entry("%2F", "/"),
                    Map.entry("%3F", "?"),
                    Map.entry("%40", "@"),
                    Map.entry("%21", "!"),
                    Map.entry("%24", "$"),
                    Map.entry("%27", "'"),
                    Map.entry("%28", "("),
                    Map.entry("%29", ")"),
                    Map.entry("%2A", "*"),
                    Map.entry("%2C", ","),
                    Map.entry("%3B", ";"));

    private Urls() {}

    enum Spelling {
        AS_CALLED,
        /// the default port of its scheme written out
        WITH_PORT,
        WITHOUT_PORT,
        /// an apostrophe as `%27`, as some URL parsers make it
        QUOTE_ENCODED,
        HUBSPOT;

        String of(String url) {
            return switch (this) {
                case AS_CALLED -> url;
                case WITH_PORT -> withPort(url);
                case WITHOUT_PORT -> withoutPort(url);
                case QUOTE_ENCODED -> url.replace("'", "%27");
                case HUBSPOT -> hubspot(url);
            };
        }
    }

    /// @return from the first slash behind the host up to the query
    static String path(String url) {
        int from = hostEnd(url);
        int query = url.indexOf('?', from);
        return url.substring(from, query < 0 ? url.length() : query);
    }

    private static String withPort(String url) {
        int end = hostEnd(url);
        return portStart(url, end) >= 0
                ? url
                : url.substring(0, end)
                        + (url.startsWith("https:") ? ":443" : ":80")
                        + url.substring(end);
    }

    private static String withoutPort(String url) {
        int end = hostEnd(url);
        int port = portStart(url, end);
        return port < 0 ? url : url.substring(0, port) + url.substring(end);
    }

    private static int hostEnd(String url) {
        int scheme = url.indexOf("://");
        int from = scheme < 0 ? 0 : scheme + 3;
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return url.length();
    }

    /// @return where the colon before the port is, or -1
    private static int portStart(String url, int hostEnd) {
        int at = hostEnd - 1;
        while (at > 0 && Character.isDigit(url.charAt(at))) {
            at--;
        }
        return url.charAt(Math.max(0, at)) == ':' && at > url.indexOf("://") ? at : -1;
    }

    private static String hubspot(String url) {
        if (url.indexOf('%') < 0) {
            return url;
        }
        var out = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            String decoded =
                    url.charAt(i) == '%' && i + 3 <= url.length()
                            ? HUBSPOT_DECODED.get(url.substring(i, i + 3).toUpperCase(Locale.ROOT))
                            : null;
            out.append(decoded == null ? String.valueOf(url.charAt(i)) : decoded);
            i += decoded == null ? 0 : 2;
        }
        return out.toString();
    }
}
