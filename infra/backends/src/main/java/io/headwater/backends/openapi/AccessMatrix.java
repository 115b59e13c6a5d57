package io.headwater.backends.openapi;

import io.headwater.backends.openapi.GeneratedRequests.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may call what, one operation a line: `admin GET /admin/sources`. What the words mean is told
/// at the top of each file.
public final class AccessMatrix {

    private static final String RESOURCE = "/access/matrix.txt";

    private final Map<String, String> least;

    private AccessMatrix(Map<String, String> least) {
        this.least = least;
    }

    /// @param test beside whose classes it lies
    public static AccessMatrix beside(Class<?> test) {
        try (InputStream file = test.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("no " + RESOURCE);
            }
            return new AccessMatrix(
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .collect(
                                    Collectors.toMap(
                                            line -> line.substring(line.indexOf(' ')).strip(),
                                            line -> line.substring(0, line.indexOf(' ')))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// @return as `GET /admin/sources`
    public Set<String> operations() {
        return least.keySet();
    }

    /// @return the word of its line; `admin` when it has none
    public String least(Operation operation) {
        return least.getOrDefault(operation.toString(), "admin");
    }
}
