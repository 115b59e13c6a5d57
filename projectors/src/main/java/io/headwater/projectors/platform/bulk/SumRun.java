package io.headwater.projectors.platform.bulk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sums in the order of their keys, one after the other.
final class SumRun implements AutoCloseable {

    private interface Source {
        @Nullable Sum next() throws IOException;
    }

    private final Source source;
    private final @Nullable DataInputStream file;
    private @Nullable Sum now;

    private SumRun(Source source, @Nullable DataInputStream file) {
        this.source = source;
        this.file = file;
    }

    static SumRun of(List<Sum> sorted) {
        Iterator<Sum> left = sorted.iterator();
        return new SumRun(() -> left.hasNext() ? left.next() : null, null);
    }

    static SumRun of(Path file, int buffer) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), buffer));
        return new SumRun(() -> Sum.read(in), in);
    }

    /// @return false at the end
    boolean next() throws IOException {
        now = source.next();
        return now != null;
    }

    /// After a [#next] that found one.
    Sum sum() {
        return Objects.requireNonNull(now);
    }

    String key() {
        return sum().key();
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException unclosed) {
                throw new UncheckedIOException(unclosed);
            }
        }
    }
}
