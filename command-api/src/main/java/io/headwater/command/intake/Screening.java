package io.headwater.command.intake;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IpRules;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.events.Pii;
import io.headwater.events.access.BlockIp;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.web.ClientAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a site's lists and settings say of a submission: whose address is blocked, what is a test,
/// whose e-mail is a competitor's. The decider does as it says.
///
/// The address is the person's: of a form post the caller's own, else the one that an authenticated
/// caller tells in the body. The peer of a server-to-server call is never looked up.
@Component
public final class Screening {

    public static final String BLOCKED_IP = "blocked_ip";
    public static final String WHITELISTED_IP = "whitelisted_ip";
    public static final String TEST_STRING = "test_string";

    /// One subscriber has at least so much of IPv6: blocking one address of it blocks nobody.
    private static final int SUBSCRIBER_BITS = 64;

    private final AccessDirectory directory;

    Screening(AccessDirectory directory) {
        this.directory = directory;
    }

    /// @return the same, which says what was found
    public Submission.Builder screen(Submission.Builder judged, Instant now) {
        directory.siteById(judged.getSiteId()).ifPresent(site -> screen(judged, site, now));
        return judged;
    }

    private static void screen(Submission.Builder submission, SiteConfig site, Instant now) {
        var settings = site.settings();
        var verdict = verdict(submission.getUserIp(), site, now);
        submission
                .setBotDetection(settings.botDetection())
                .setBlockCode(verdict == IpRules.Verdict.BLOCKED ? BLOCKED_IP : null)
                .setTestCode(testCode(submission, verdict, settings))
                .setCompetitorEmail(competitor(submission.getEmail(), settings));
    }

    private static IpRules.Verdict verdict(@Nullable Pii told, SiteConfig site, Instant now) {
        String ip = PersonalData.open(told);
        var address = ip == null ? null : ClientAddress.literal(ip);
        return address == null ? IpRules.Verdict.NONE : site.ips().verdict(address, now);
    }

    private static @Nullable String testCode(
            Submission.Builder submission, IpRules.Verdict verdict, SiteSettings settings) {
        if (verdict == IpRules.Verdict.TESTING) {
            return WHITELISTED_IP;
        }
        var texts =
                Stream.of(
                                PersonalData.open(submission.getFirstName()),
                                PersonalData.open(submission.getLastName()),
                                PersonalData.open(submission.getFullName()),
                                PersonalData.open(submission.getEmail()),
                                submission.getProjectName(),
                                submission.getUserLocation())
                        .flatMap(Stream::ofNullable)
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .toList();
        boolean test =
                settings.testStrings().stream()
                        .map(text -> text.strip().toLowerCase(Locale.ROOT))
                        .filter(text -> !text.isEmpty())
                        .anyMatch(text -> texts.stream().anyMatch(field -> field.contains(text)));
        return test ? TEST_STRING : null;
    }

    private static @Nullable Boolean competitor(@Nullable Pii email, SiteSettings settings) {
        String address = PersonalData.open(email);
        if (address == null) {
            return null;
        }
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return settings.competitorDomains().stream()
                .anyMatch(theirs -> domain.equals(theirs) || domain.endsWith("." + theirs));
    }

    /// The block that follows a filled honeypot: of a person's own address that is on no list. Not
    /// of a server's, which speaks for many, and not of one that cannot be one person's.
    ///
    /// @param caller the address that a form was posted from, as far as it is certain
    public Optional<BlockIp> block(
            Submission screened, @Nullable InetAddress caller, String commandId, Instant now) {
        var site = directory.siteById(screened.getSiteId()).orElse(null);
        if (site == null
                || caller == null
                || !screened.getChannel().equals(Receipt.FORM)
                || !screened.getHoneypotFilled()
                || !screened.getBotDetection()
                || !site.settings().honeypotBlock().isPositive()
                || site.ips().verdict(caller, now) != IpRules.Verdict.NONE) {
            return Optional.empty();
        }
        return Optional.of(
                BlockIp.newBuilder()
                        .setCommandId(commandId)
                        .setSiteId(site.siteId())
                        .setIp(PersonalData.of(range(caller)))
                        .setReason("honeypot")
                        .setUntil(now.plus(site.settings().honeypotBlock()))
                        .setActor("system")
                        .setRequestedAt(now)
                        .build());
    }

    /// @return the address, or the network of one subscriber in CIDR notation
    private static String range(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(address.getAddress(), 16);
        Arrays.fill(network, SUBSCRIBER_BITS / 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + SUBSCRIBER_BITS;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
