package io.headwater.archive;

import java.io.PrintStream;
import java.util.Locale;

/// A line per partition, and below it what is gone and what is damaged.
final class VerifyCommand {

    private final ArchiveReader reader;
    private final PrintStream out;
    private long ranges;
    private long records;
    private long bytes;
    private int damage;

    VerifyCommand(ArchiveReader reader, PrintStream out) {
        this.reader = reader;
        this.out = out;
    }

    /// @return 0 when all is well, 1 when something is damaged
    int run() {
        boolean well = new ArchiveVerifier(reader).verify(this::print);
        out.printf(
                Locale.ROOT,
                "%s: %,d ranges, %,d records, %,d bytes%s%n",
                well ? "all is well" : "DAMAGED",
                ranges,
                records,
                bytes,
                well ? "" : ", " + damage + " damages");
        return well ? 0 : 1;
    }

    private void print(ArchiveVerifier.Finding finding) {
        ranges += finding.ranges();
        records += finding.records();
        bytes += finding.bytes();
        damage += finding.damage().size();
        out.printf(
                Locale.ROOT,
                "%-28s %,6d ranges  %,10d records  %,12d bytes  offsets %d … %d%n",
                finding.partition(),
                finding.ranges(),
                finding.records(),
                finding.bytes(),
                finding.first(),
                finding.next() - 1);
        finding.gone().forEach(line -> out.println("    gone     " + line));
        finding.damage().forEach(line -> out.println("    DAMAGED  " + line));
        if (!finding.unpublished().isEmpty()) {
            out.println(
                    "    "
                            + finding.unpublished().size()
                            + " objects that were never published; they do no harm");
        }
    }
}
