package io.headwater.command.access.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A script of the build, in all codings in which it is served.
///
/// @param version changes with the content; part of URLs that may be kept for ever
/// @param bodies by content coding, the smallest first, identity among them
record Script(String version, Map<String, byte[]> bodies) {

    /// @param name of the script in `site-scripts`, whose brotli form the build has made
    static Script ofBuild(String name) {
        byte[] plain =
                Objects.requireNonNull(
                        resource(name), () -> name + " is missing: the build did not make it");
        var bodies = new LinkedHashMap<String, byte[]>();
        byte[] brotli = resource(name + ".br");
        if (brotli != null) {
            bodies.put("br", brotli);
        }
        bodies.put("gzip", gzip(plain));
        bodies.put(ContentCodings.IDENTITY, plain);
        return new Script(EntityTags.of(plain).replace("\"", ""), bodies);
    }

    List<String> codings() {
        var codings = new ArrayList<>(bodies.keySet());
        codings.remove(ContentCodings.IDENTITY);
        return codings;
    }

    /// Each coding is a representation of its own, with its own tag.
    String tag(String coding) {
        return "\"" + version + "-" + coding + "\"";
    }

    byte[] body(String coding) {
        return Objects.requireNonNull(bodies.get(coding), coding);
    }

    private static byte @Nullable [] resource(String name) {
        try (InputStream script = Script.class.getResourceAsStream("/site-scripts/" + name)) {
            return script == null ? null : script.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] gzip(byte[] plain) {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }
}
