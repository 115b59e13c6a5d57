package io.headwater.command.platform.web.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An input of a fuzz test: a line of settings, then the bytes that are tried.
public record Split(String line, byte[] rest) {

    public static Split atFirstLine(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        return new Split(
                new String(input, 0, end, StandardCharsets.UTF_8),
                Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
    }

    public String text() {
        return new String(rest, StandardCharsets.UTF_8);
    }
}
