package io.headwater.archive;

import io.headwater.archive.s3.S3Bucket;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// `ArchiveMain verify [--run-file FILE]`: without a run file the bucket is that of `S3_ENDPOINT`,
/// `S3_ACCESS_KEY`, `S3_SECRET_KEY`, `S3_BUCKET`.
///
/// Ends with 0 when all is well, with 1 when something is damaged, with 2 when it cannot tell.
public final class ArchiveMain {

    private ArchiveMain() {}

    public static void main(String... args) {
        System.exit(run(List.of(args), System.getenv(), System.out, System.err));
    }

    static int run(
            List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (words.isEmpty() || !words.getFirst().equals("verify")) {
            err.println("headwater: archive what? ./headwater archive verify");
            return 2;
        }
        try (var bucket =
                new S3Bucket(BucketOptions.location(words.subList(1, words.size()), environment))) {
            return new VerifyCommand(new ArchiveReader(bucket), out).run();
        } catch (ArchiveException | IllegalArgumentException | IOException cannot) {
            err.println("headwater: " + cannot.getMessage());
            return 2;
        }
    }
}
