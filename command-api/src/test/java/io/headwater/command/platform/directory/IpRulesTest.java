package io.headwater.command.platform.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headwater.command.platform.directory.IpRules.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static IpEntry entry(String range, Verdict verdict, @Nullable Instant until) {
        return new IpEntry(range, IpRange.parse(range), verdict, "test", until, NOW, "system");
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "203.0.113.0/24, 203.0.113.0/24",
        "203.0.113.7/32, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:DB8:0:0:1:0:0:0/80, 2001:db8:0:0:1::/80",
        "2001:db8::/32, 2001:db8::/32",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "0:0:0:0:0:0:0:1, ::1",
        "::/0, ::/0"
    })
    void rangesAreReadAndWritten(String text, String canonical) {
        assertThat(IpRange.parse(text)).hasToString(canonical);
        assertThat(IpRange.parse(canonical)).isEqualTo(IpRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, is no IP address",
        "127.1, is no IP address",
        "256.0.0.1, is no IP address",
        "1:2:3, is no IP address",
        "10.0.0.0/33, 'has a prefix of 33 bits; there are 0 to 32'",
        "10.0.0.0/, needs the number of prefix bits behind the slash",
        "10.0.0.5/24, has bits behind its prefix; the range is 10.0.0.0/24"
    })
    void whatIsNoRangeIsNamed(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(text)).withMessage(why);
    }

    @Test
    void narrowestLiveLineCounts() {
        var rules =
                IpRules.EMPTY
                        .with(entry("203.0.113.0/24", Verdict.INTERNAL, null), NOW)
                        .with(entry("203.0.113.7", Verdict.TESTING, NOW.plusSeconds(60)), NOW)
                        .with(entry("2001:db8:0:1::/64", Verdict.BLOCKED, null), NOW);
        assertThat(rules.verdict(ip("203.0.113.7"), NOW)).isEqualTo(Verdict.TESTING);
        assertThat(rules.verdict(ip("203.0.113.7"), NOW.plusSeconds(60)))
                .isEqualTo(Verdict.INTERNAL);
        assertThat(rules.verdict(ip("203.0.114.7"), NOW)).isEqualTo(Verdict.NONE);
        assertThat(rules.verdict(ip("2001:db8:0:1:5::9"), NOW)).isEqualTo(Verdict.BLOCKED);
        assertThat(rules.verdict(ip("2001:db8:0:2::9"), NOW)).isEqualTo(Verdict.NONE);
    }

    @Test
    void removedLineCountsNoMore() {
        var rules =
                IpRules.EMPTY
                        .with(entry("10.0.0.0/8", Verdict.BLOCKED, null), NOW)
                        .with(entry("10.1.0.0/16", Verdict.BLOCKED, null), NOW)
                        .without(IpRange.parse("10.0.0.0/8"));
        assertThat(rules.verdict(ip("10.2.0.1"), NOW)).isEqualTo(Verdict.NONE);
        assertThat(rules.live(NOW)).extracting(IpEntry::entryId).containsExactly("10.1.0.0/16");
        assertThat(rules.without(IpRange.parse("10.1.0.0/16"))).isEqualTo(IpRules.EMPTY);
    }

    @Test
    void endedLinesAreDroppedAsNewOnesCome() {
        var rules = IpRules.EMPTY;
        var now = NOW;
        for (int i = 0; i < 5_000; i++) {
            now = now.plus(Duration.ofMinutes(1));
            String ip = "10.0." + i / 250 + "." + i % 250;
            rules = rules.with(entry(ip, Verdict.BLOCKED, now.plus(Duration.ofHours(1))), now);
        }
        assertThat(rules.size()).isLessThan(1_100);
        assertThat(rules.live(now)).hasSize(60);
    }

    @Test
    void subscriberIsAnAddressOrASlash64() {
        assertThat(IpRange.around(ip("203.0.113.7"))).hasToString("203.0.113.7");
        assertThat(IpRange.around(ip("2001:db8:1:2:3:4:5:6"))).hasToString("2001:db8:1:2::/64");
    }
}
