package io.headwater.command.platform.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What administrators choose for a site; each has a default, so that a new site works.
///
/// @param enabled whether its pages may send leads
/// @param botDetection whether a filled honeypot keeps a submission from being a lead
/// @param honeypotBlock how long the address of a filled honeypot is blocked; zero: not at all
/// @param testStrings a lead whose name, e-mail, project or location contains one, in any case, is
///   a test lead
/// @param forwarding whether leads are delivered to the automation
/// @param forwardTests whether test leads are, marked as such
/// @param competitorDomains e-mail domains that make a lead suspicious; lower case
/// @param pipeline in order; never empty
/// @param lossReasons slugs to choose from; empty: any
/// @param thankYouStatus of the redirect after a browser's post: 303, or 301 as the first system
/// @param recordSessions whether the site's tracker records sessions
/// @param contactWithoutConsent whether people may be contacted of whom no consent is known for the
///   purpose; who refused or withdrew it never
/// @param retention days by kind of data, 0 for ever, where it is not as the platform has it
public record SiteSettings(
        boolean enabled,
        boolean botDetection,
        Duration honeypotBlock,
        List<String> testStrings,
        boolean forwarding,
        boolean forwardTests,
        List<String> competitorDomains,
        List<Stage> pipeline,
        List<String> lossReasons,
        int thankYouStatus,
        boolean recordSessions,
        boolean contactWithoutConsent,
        Map<String, Integer> retention) {

    public static final SiteSettings DEFAULT =
            new SiteSettings(
                    true,
                    true,
                    Duration.ofDays(30),
                    List.of(),
                    true,
                    true,
                    List.of(),
                    Stage.STANDARD,
                    List.of(),
                    303,
                    true,
                    false,
                    Map.of());
}
