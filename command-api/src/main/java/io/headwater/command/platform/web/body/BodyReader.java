package io.headwater.command.platform.web.body;

import io.headwater.command.platform.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Takes a request's bytes, never more than allowed. Memory grows with the bytes that come, not
/// with what their length was said to be.
public final class BodyReader {

    private static final byte GZIP_FIRST = 0x1f;
    private static final byte GZIP_SECOND = (byte) 0x8b;

    private BodyReader() {}

    /// @throws io.headwater.command.platform.web.ProblemException as [#readAny], and 400 for
    ///   nothing
    public static byte[] read(HttpServletRequest request, long limit) {
        byte[] bytes = readAny(request, limit);
        if (bytes.length == 0) {
            throw ProblemType.EMPTY_BODY.with("A body is needed here.").asException();
        }
        return bytes;
    }

    /// As [#read]; gzip is told by its first bytes, too: scripts of pages cannot name it, because a
    /// header that says so asks for a preflight, and a beacon has none.
    public static byte[] readOfPage(HttpServletRequest request, long limit) {
        byte[] bytes = read(request, limit);
        if (bytes.length < 2 || bytes[0] != GZIP_FIRST || bytes[1] != GZIP_SECOND) {
            return bytes;
        }
        try {
            return inflated(bytes, limit);
        } catch (IOException broken) {
            throw broken();
        }
    }

    /// @param limit of the bytes sent, and of what gzip makes of them
    /// @return perhaps nothing
    /// @throws io.headwater.command.platform.web.ProblemException 413 beyond the limit, 415 for a
    ///   content encoding other than gzip, 400 for a connection that broke or broken gzip
    public static byte[] readAny(HttpServletRequest request, long limit) {
        boolean gzip = isGzip(request.getHeader("Content-Encoding"));
        long declared = request.getContentLengthLong();
        if (declared > limit) {
            throw tooLarge(limit);
        }
        try {
            byte[] sent =
                    declared < 0
                            ? atMost(request.getInputStream(), limit)
                            : request.getInputStream().readNBytes((int) declared);
            if (sent.length < declared) {
                throw new EOFException("fewer bytes than declared");
            }
            return gzip && sent.length > 0 ? inflated(sent, limit) : sent;
        } catch (IOException broken) {
            throw broken();
        }
    }

    private static RuntimeException broken() {
        return ProblemType.MALFORMED_BODY.with("The body did not arrive whole.").asException();
    }

    private static byte[] inflated(byte[] sent, long limit) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            return atMost(in, limit);
        }
    }

    private static byte[] atMost(InputStream in, long limit) throws IOException {
        byte[] bytes = in.readNBytes((int) limit + 1);
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static boolean isGzip(@Nullable String encoding) {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                    throw ProblemType.UNSUPPORTED_MEDIA_TYPE
                            .with("Of the content encodings, only gzip is read here.")
                            .asException();
        };
    }

    private static RuntimeException tooLarge(long limit) {
        return ProblemType.BODY_TOO_LARGE
                .with("At most " + limit + " bytes are read.")
                .asException();
    }
}
