package io.headwater.command.access.admin;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IpEntry;
import io.headwater.command.platform.directory.IpRange;
import io.headwater.command.platform.directory.IpRules.Verdict;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.RemoveIp;
import io.headwater.schema.PersonalData;
import java.net.Inet4Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Block and white list of a site; of the site `main` where none is named.
@RestController
@RequestMapping("/analytics/ip-lists")
final class IpListController {

    private static final String MAIN = AccessDirectory.DEFAULT_SITE;
    private static final Pattern LIST = Pattern.compile("block|white");
    private static final Pattern USAGE = Pattern.compile("testing|internal");
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int WIDEST_IPV4 = 8;
    private static final int WIDEST_IPV6 = 16;
    private static final int MOST = 500;

    private final AccessCommands commands;
    private final AccessDirectory directory;
    private final Clock clock;

    IpListController(AccessCommands commands, AccessDirectory directory, Clock clock) {
        this.commands = commands;
        this.directory = directory;
        this.clock = clock;
    }

    /// By address; a page ends where `next` begins.
    ///
    /// @param list block or white; null: both
    /// @param ip only lines that hold this address
    /// @param after id of the last line of the page before
    @GetMapping
    Map<String, Object> list(
            @RequestParam(name = "site_id", defaultValue = MAIN) String siteId,
            @RequestParam(required = false) @Nullable String list,
            @RequestParam(required = false) @Nullable String ip,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (list != null && !LIST.matcher(list).matches()) {
            throw Known.invalidParameter("list", "must be block or white");
        }
        if (limit < 1 || limit > MOST) {
            throw Known.invalidParameter("limit", "must be from 1 to " + MOST);
        }
        var lines =
                site(siteId).ips().live(clock.instant()).stream()
                        .filter(entry -> list == null || listOf(entry).equals(list))
                        .toList();
        if (ip != null) {
            var asked = range("ip", ip);
            lines = lines.stream().filter(entry -> entry.range().overlaps(asked)).toList();
        }
        int from = after == null ? 0 : indexOf(lines, after) + 1;
        var page = lines.subList(from, Math.min(lines.size(), from + limit));
        var view = new LinkedHashMap<String, Object>();
        view.put("total", lines.size());
        view.put("items", page.stream().map(entry -> view(siteId, entry)).toList());
        view.put("next", from + limit < lines.size() ? page.getLast().entryId() : null);
        return view;
    }

    private static int indexOf(List<IpEntry> lines, String entryId) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).entryId().equals(entryId)) {
                return i;
            }
        }
        throw Known.invalidParameter("after", "is no line of this list");
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> add(@RequestBody JsonNode body) {
        var members = Members.of(body);
        String named = members.text("site_id", 40);
        String list = members.text("list", LIST, "block or white");
        String usage = members.text("usage", USAGE, "testing or internal");
        String reason = members.text("reason", 200);
        var given = range(members);
        var until = until(members);
        if (list == null) {
            members.wrong("list", "is required");
        } else if (list.equals("white") == (usage == null)) {
            members.wrong(
                    "usage",
                    usage == null
                            ? "is required on the white list: testing or internal"
                            : "belongs to the white list only");
        }
        members.requireRight();
        var range = Objects.requireNonNull(given);
        String siteId = named == null ? MAIN : named;
        var text = PersonalData.of(range.toString());
        String commandId = Names.id();
        String why = reason == null ? "by hand" : reason;
        var now = clock.instant();
        SpecificRecord command =
                usage == null
                        ? new BlockIp(commandId, siteId, text, why, until, commands.actor(), now)
                        : new AllowIp(
                                commandId, siteId, text, usage, why, until, commands.actor(), now);
        boolean inEffect = send(commandId, command, siteId, range, usage != null);
        var entry =
                site(siteId).ips().live(now).stream()
                        .filter(one -> one.range().equals(range))
                        .findFirst()
                        .orElseGet(() ->
                                new IpEntry(
                                        commandId,
                                        range,
                                        usage == null
                                                ? Verdict.BLOCKED
                                                : Verdict.valueOf(usage.toUpperCase(Locale.ROOT)),
                                        why,
                                        until,
                                        now,
                                        commands.actor()));
        return Made.answer(inEffect, commandId, HttpStatus.CREATED, view(siteId, entry));
    }

    /// A result tells no address; who administers may see which line is in the way.
    private boolean send(
            String commandId, SpecificRecord command, String siteId, IpRange range, boolean white) {
        try {
            return commands.send(commandId, command);
        } catch (Refused refused) {
            if (!refused.code().equals("ip-on-both-lists")) {
                throw refused;
            }
            throw site(siteId).ips().live(clock.instant()).stream()
                    .filter(entry ->
                            (entry.verdict() == Verdict.BLOCKED) == white
                                    && entry.range().overlaps(range))
                    .findFirst()
                    .map(entry ->
                            new Refused(
                                    refused.reason(),
                                    refused.code(),
                                    "%s overlaps %s on the %s list (line %s); remove that one first."
                                            .formatted(
                                                    range,
                                                    entry.range(),
                                                    listOf(entry),
                                                    entry.entryId())))
                    .orElse(refused);
        }
    }

    private static @Nullable IpRange range(Members members) {
        String ip = members.text("ip", 60);
        if (ip == null) {
            members.wrong("ip", "is required: an address or a range such as 203.0.113.0/24");
            return null;
        }
        try {
            var range = IpRange.parse(ip);
            int widest = range.first() instanceof Inet4Address ? WIDEST_IPV4 : WIDEST_IPV6;
            if (range.length() < widest) {
                members.wrong("ip", "must have a prefix of at least " + widest + " bits");
            }
            return range;
        } catch (IllegalArgumentException wrong) {
            members.wrong("ip", String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private @Nullable Instant until(Members members) {
        var until = members.time("until");
        Long seconds = members.seconds("duration", LONGEST);
        if (until != null && seconds != null) {
            members.wrong("duration", "cannot be given together with until");
        }
        var end = seconds == null ? until : clock.instant().plusSeconds(seconds);
        if (end != null && !end.isAfter(clock.instant())) {
            members.wrong(until == null ? "duration" : "until", "must end in the future");
        }
        return end;
    }

    @GetMapping("/{entryId}")
    Map<String, Object> one(
            @PathVariable String entryId,
            @RequestParam(name = "site_id", defaultValue = MAIN) String siteId) {
        return view(siteId, entry(siteId, entryId));
    }

    @DeleteMapping("/{entryId}")
    ResponseEntity<Map<String, Object>> remove(
            @PathVariable String entryId,
            @RequestParam(name = "site_id", defaultValue = MAIN) String siteId) {
        var entry = entry(siteId, entryId);
        String commandId = Names.id();
        boolean inEffect =
                commands.send(
                        commandId,
                        new RemoveIp(
                                commandId,
                                siteId,
                                entryId,
                                PersonalData.of(entry.range().toString()),
                                commands.actor(),
                                clock.instant()));
        return Made.answer(inEffect, commandId, HttpStatus.OK, view(siteId, entry));
    }

    private IpEntry entry(String siteId, String entryId) {
        return site(siteId).ips().live(clock.instant()).stream()
                .filter(entry -> entry.entryId().equals(entryId))
                .findFirst()
                .orElseThrow(() -> Known.unknown("ip-entry"));
    }

    private SiteConfig site(String siteId) {
        return Known.site(directory, siteId);
    }

    private static IpRange range(String name, String text) {
        try {
            return IpRange.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Known.invalidParameter(name, String.valueOf(wrong.getMessage()));
        }
    }

    private static String listOf(IpEntry entry) {
        return entry.verdict() == Verdict.BLOCKED ? "block" : "white";
    }

    private static Map<String, Object> view(String siteId, IpEntry entry) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", entry.entryId());
        view.put("site_id", siteId);
        view.put("list", listOf(entry));
        view.put("ip", entry.range().toString());
        view.put(
                "usage",
                entry.verdict() == Verdict.BLOCKED
                        ? null
                        : entry.verdict().name().toLowerCase(Locale.ROOT));
        view.put("reason", entry.reason());
        view.put("until", entry.until() == null ? null : entry.until().toString());
        view.put("since", entry.since().toString());
        view.put("by", entry.actor());
        return view;
    }
}
