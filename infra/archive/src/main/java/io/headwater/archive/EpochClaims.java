package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Which epochs of the log were given out, in the archive: the cluster forgets when it is lost.
///
///     epochs/NUMBER.json    claimed by a restore, before it writes the first record
public final class EpochClaims {

    private static final String FOLDER = "epochs/";

    private final Bucket bucket;

    public EpochClaims(Bucket bucket) {
        this.bucket = bucket;
    }

    /// The next number that nobody had. One that is claimed and not used is no harm.
    ///
    /// @param at ISO 8601, for people
    /// @throws ArchiveException.Unavailable when the store does not answer
    public int claim(String at) {
        try {
            int number = 2 + bucket.list(FOLDER, "").size();
            byte[] claim =
                    ("{\n  \"epoch\" : %d,\n  \"claimed_at\" : \"%s\"\n}\n".formatted(number, at))
                            .getBytes(StandardCharsets.UTF_8);
            while (!bucket.putNew(FOLDER + number + ".json", claim, ArchiveKeys.JSON)) {
                number++;
            }
            return number;
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "no epoch can be claimed: " + away.getMessage(), away);
        }
    }
}
