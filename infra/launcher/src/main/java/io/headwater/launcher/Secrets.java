package io.headwater.launcher;

import io.headwater.backends.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Keys made on the first start and kept with the data, mode 600.
record Secrets(String adminApiKey, String marketingApiKey, String s3AccessKey, String s3SecretKey) {

    static Secrets of(DataFolder data) {
        var kept = new Properties();
        try {
            if (Files.exists(data.secrets())) {
                kept.load(new StringReader(Files.readString(data.secrets())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var secrets =
                new Secrets(
                        keptOrNew(kept, "admin_api_key", "hwa_"),
                        keptOrNew(kept, "marketing_api_key", "hwm_"),
                        keptOrNew(kept, "s3_access_key", "hws"),
                        keptOrNew(kept, "s3_secret_key", ""));
        PrivateFile.write(data.secrets(), text(kept));
        return secrets;
    }

    private static String keptOrNew(Properties kept, String name, String prefix) {
        return (String) kept.computeIfAbsent(name, _ -> prefix + random());
    }

    private static String random() {
        byte[] bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(Properties kept) {
        return new TreeMap<>(kept)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining());
    }
}
