package io.headwater.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// JSON as the archive writes it: the same value gives the same bytes.
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            // Of the printer's line ends, which are the system's.
            String text = PRETTY.writeValueAsString(value).replace("\r\n", "\n") + "\n";
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of ours are JSON", impossible);
        }
    }

    /// @throws ArchiveException.DamagedObject when it is not that
    static <T> T read(String key, byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new ArchiveException.DamagedObject(key + " holds nothing");
            }
            return value;
        } catch (IOException unreadable) {
            throw new ArchiveException.DamagedObject(
                    key + " is unreadable: " + unreadable.getMessage(), unreadable);
        }
    }
}
