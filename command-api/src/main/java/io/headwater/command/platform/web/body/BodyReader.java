package io.headwater.command.platform.web.body;

import io.headwater.command.platform.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;

/// Takes a request's bytes, never more than allowed.
public final class BodyReader {

    private BodyReader() {}

    /// @throws io.headwater.command.platform.web.ProblemException 413 beyond the limit, 415 for a
    ///   content encoding, 400 for nothing or a connection that broke
    public static byte[] read(HttpServletRequest request, long limit) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw ProblemType.UNSUPPORTED_MEDIA_TYPE
                    .with("Encoded bodies are not read here; send it without Content-Encoding.")
                    .asException();
        }
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        try {
            byte[] bytes = bytes(request, limit);
            if (bytes.length > limit) {
                throw tooLarge(limit);
            }
            if (bytes.length == 0) {
                throw ProblemType.EMPTY_BODY.with("A body is needed here.").asException();
            }
            return bytes;
        } catch (IOException broken) {
            throw ProblemType.MALFORMED_BODY.with("The body did not arrive whole.").asException();
        }
    }

    private static byte[] bytes(HttpServletRequest request, long limit) throws IOException {
        int declared = (int) request.getContentLengthLong();
        if (declared < 0) {
            return request.getInputStream().readNBytes((int) limit + 1);
        }
        byte[] bytes = new byte[declared];
        if (request.getInputStream().readNBytes(bytes, 0, declared) < declared) {
            throw new EOFException("fewer bytes than declared");
        }
        return bytes;
    }

    private static RuntimeException tooLarge(long limit) {
        return ProblemType.BODY_TOO_LARGE
                .with("At most " + limit + " bytes are read.")
                .asException();
    }
}
