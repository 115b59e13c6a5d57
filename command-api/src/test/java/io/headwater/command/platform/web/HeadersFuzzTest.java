package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.web.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Times and addresses as the outside writes them.
class HeadersFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "2026-11-21T08:00:00+0000",
                        "2026-11-21 08:00:00.123456789 ",
                        "2026-11-21",
                        "1790000000",
                        "-999999999999999999",
                        "+999999999-12-31T23:59:59Z",
                        "2026-11-21T08:00:00[Europe/Berlin]",
                        "192.0.2.1",
                        "[2001:db8::1]:443",
                        "::ffff:192.0.2.1%eth0")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Instant time = Timestamps.parse(text);
        if (time != null && Timestamps.absurdity(time, NOW) == null) {
            assertThat(Timestamps.parse(time.toString())).isEqualTo(time);
            // what Avro keeps
            assertThat(time.toEpochMilli()).isPositive();
        }
        var address = ClientAddress.literal(text);
        if (address != null) {
            assertThat(ClientAddress.literal(address.getHostAddress())).isNotNull();
        }
    }
}
