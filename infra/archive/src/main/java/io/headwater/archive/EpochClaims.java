package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Which epochs of the log were given out, in the archive: the cluster forgets when it is lost.
///
///     epochs/NUMBER.json    claimed by a restore, before it writes the first record; or noted by
///                           the writer, whose bucket may be another than the one restored from
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
            int number = newest() + 1;
            while (!put(number, at)) {
                number++;
            }
            return number;
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "no epoch can be claimed: " + away.getMessage(), away);
        }
    }

    /// Makes sure that the number of a log that is archived here is not claimed again.
    ///
    /// @throws IOException when the store does not answer
    void note(int number) throws IOException {
        if (number > newest()) {
            put(number, "");
        }
    }

    private int newest() throws IOException {
        int newest = 1;
        for (String key : bucket.list(FOLDER, "")) {
            String name = key.substring(FOLDER.length(), key.length() - ".json".length());
            newest = Math.max(newest, Integer.parseInt(name));
        }
        return newest;
    }

    private boolean put(int number, String at) throws IOException {
        String claim = "{\n  \"epoch\" : %d,\n  \"claimed_at\" : \"%s\"\n}\n".formatted(number, at);
        return bucket.putNew(
                FOLDER + number + ".json",
                claim.getBytes(StandardCharsets.UTF_8),
                ArchiveKeys.JSON);
    }
}
