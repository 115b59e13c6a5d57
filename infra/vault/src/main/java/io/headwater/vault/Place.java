package io.headwater.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where a sealed value stands. It opens there and nowhere else, so that nobody can move one value
/// into the place of another.
///
/// @param site owner of the data
/// @param subject kind and id of what the value belongs to, for example `source:7f3a`
/// @param field which of its values, for example `secret:1`
public record Place(String site, String subject, String field) {

    /// @param version of the form of sealed values
    /// @return additional authenticated data; each part with its length, so that no two places have
    ///   the same
    byte[] bytes(int version) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(version);
            for (String part : List.of(site, subject, field)) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }
}
