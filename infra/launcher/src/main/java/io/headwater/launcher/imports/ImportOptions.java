package io.headwater.launcher.imports;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command line of `./headwater import`.
///
/// @param data of the running platform, whose run file has the address and the key
/// @param url of command-api; null: as the run file says
/// @param map field to column
/// @param id column that identifies a row in every file; null: the file's content and the row's
///   number do, and of sessions their `session_id`
/// @param zone of times without an offset
/// @param timeFormat of times that are not ISO 8601; null: they are
/// @param separator of a CSV file; null: found in its first line
/// @param site that leads and sessions become
/// @param leadSource of leads whose row names none; null: none
/// @param rejects where refused rows go; null: beside the file
record ImportOptions(
        Kind kind,
        Path file,
        Path data,
        @Nullable URI url,
        boolean dryRun,
        boolean restart,
        Map<String, String> map,
        @Nullable String id,
        ZoneId zone,
        @Nullable DateTimeFormatter timeFormat,
        Charset charset,
        @Nullable Character separator,
        String site,
        @Nullable String leadSource,
        @Nullable Path rejects) {

    static ImportOptions parse(List<String> args) {
        Iterator<String> words = args.iterator();
        Kind kind = Kind.of(words.hasNext() ? words.next() : "");
        var given = new LinkedHashMap<String, String>();
        var map = new LinkedHashMap<String, String>();
        while (words.hasNext()) {
            String word = words.next();
            if (!word.startsWith("--")) {
                once(given, "file", word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--dry-run", "--restart" -> given.put(name, "");
                case "--map" -> mapping(map, value(word, equals, words));
                case "--root" -> value(word, equals, words);
                case "--data",
                        "--url",
                        "--id",
                        "--zone",
                        "--time-format",
                        "--charset",
                        "--separator",
                        "--site",
                        "--lead-source",
                        "--rejects" ->
                        once(given, name, value(word, equals, words));
                default -> throw new ImportException("unknown option " + word + "; see --help");
            }
        }
        String file = given.get("file");
        if (file == null) {
            throw new ImportException("which file? ./headwater import " + kind.label() + " FILE");
        }
        String id = given.get("--id");
        if (kind == Kind.SESSIONS && id != null) {
            map.putIfAbsent("session_id", id);
        }
        if (kind != Kind.LEADS && given.containsKey("--lead-source")) {
            throw new ImportException("--lead-source is for leads");
        }
        String url = given.get("--url");
        String rejects = given.get("--rejects");
        return new ImportOptions(
                kind,
                Path.of(file),
                Path.of(given.getOrDefault("--data", "data")),
                url == null ? null : URI.create(url.endsWith("/") ? url : url + "/"),
                given.containsKey("--dry-run"),
                given.containsKey("--restart"),
                map,
                id,
                zone(given.get("--zone")),
                timeFormat(given.get("--time-format")),
                charset(given.get("--charset")),
                separator(given.get("--separator")),
                given.getOrDefault("--site", "main"),
                given.get("--lead-source"),
                rejects == null ? null : Path.of(rejects));
    }

    private static void once(Map<String, String> given, String name, String value) {
        if (given.put(name, value) != null) {
            throw new ImportException(name + " is given twice");
        }
    }

    private static String value(String word, int equals, Iterator<String> words) {
        if (equals > 0) {
            return word.substring(equals + 1);
        }
        if (!words.hasNext()) {
            throw new ImportException(word + " needs a value");
        }
        return words.next();
    }

    private static void mapping(Map<String, String> map, String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new ImportException("--map needs field=column, got '" + text + "'");
        }
        once(map, text.substring(0, equals), text.substring(equals + 1));
    }

    private static ZoneId zone(@Nullable String text) {
        try {
            return text == null ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new ImportException("--zone is no time zone such as Europe/Berlin: " + text);
        }
    }

    private static @Nullable DateTimeFormatter timeFormat(@Nullable String text) {
        try {
            return text == null ? null : DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
        } catch (IllegalArgumentException wrong) {
            throw new ImportException(
                    "--time-format is no pattern such as dd.MM.yyyy HH:mm: " + text);
        }
    }

    private static Charset charset(@Nullable String text) {
        try {
            return text == null ? StandardCharsets.UTF_8 : Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new ImportException("--charset is unknown: " + text);
        }
    }

    private static @Nullable Character separator(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String one = text.equals("\\t") || text.equals("tab") ? "\t" : text;
        if (one.length() != 1) {
            throw new ImportException("--separator must be one character, or tab");
        }
        return one.charAt(0);
    }
}
