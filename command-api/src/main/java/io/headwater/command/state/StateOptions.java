package io.headwater.command.state;

import io.headwater.archive.BucketOptions;
import io.headwater.archive.s3.Bucket;
import io.headwater.archive.s3.S3Bucket;
import io.headwater.archive.s3.S3Location;
import io.headwater.command.access.AccessHistory;
import io.headwater.command.lead.LeadHistory;
import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.VaultLogin;
import io.headwater.vault.VaultReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words after the command: a decider, then options.
///
/// @param registry base of the registry's API
/// @param reengageAfter as the lead decider has it, `LEAD_REENGAGE_HOURS`
/// @param site null: all
/// @param limit for entries that change while they are compared
/// @param withGaps goes on although events are gone
/// @param archive of the event topics; null: not named
/// @param vault to find the names of people and of addresses again
/// @param work for what a rebuild keeps on disk
record StateOptions(
        String decider,
        Brokers brokers,
        String registry,
        Duration reengageAfter,
        @Nullable String site,
        Duration limit,
        boolean dryRun,
        boolean withGaps,
        @Nullable S3Location archive,
        VaultLogin vault,
        Path work) {

    private static final Set<String> WITH_VALUE =
            Set.of("run-file", "bootstrap", "registry", "site", "limit", "work");

    private static final Duration KEY_LIFE = Duration.ofMinutes(10);

    private static final Set<String> FLAGS = Set.of("dry-run", "with-gaps");

    /// @param environment for settings that the deciders share
    /// @throws IllegalArgumentException when a word is wrong or missing
    static StateOptions parse(String[] args, Map<String, String> environment) throws IOException {
        String decider =
                switch (args.length == 0 ? "" : args[0]) {
                    case "lead", "leads" -> "lead";
                    case "access" -> "access";
                    default -> throw new IllegalArgumentException("which decider? lead or access");
                };
        var options = new HashMap<String, String>();
        var flags = new HashSet<String>();
        for (int i = 1; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (FLAGS.contains(name)) {
                flags.add(name);
            } else if (WITH_VALUE.contains(name) && i + 1 < args.length) {
                options.put(name, args[++i]);
            } else {
                throw new IllegalArgumentException("unknown or unfinished option " + args[i]);
            }
        }
        String file = options.get("run-file");
        var run = file == null ? null : Json.read(Files.readString(Path.of(file)));
        String bootstrap = run == null ? options.get("bootstrap") : run.path("kafka").asString();
        String registry =
                run == null ? options.get("registry") : run.path("schema_registry").asString();
        if (bootstrap == null || registry == null) {
            throw new IllegalArgumentException(
                    "--run-file is missing, or --bootstrap and --registry");
        }
        return new StateOptions(
                decider,
                new Brokers(
                        bootstrap,
                        run == null ? KafkaSecurity.of(environment) : KafkaSecurity.NONE),
                registry,
                Duration.ofHours(
                        Long.parseLong(environment.getOrDefault("LEAD_REENGAGE_HOURS", "24"))),
                options.get("site"),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("limit", "60"))),
                flags.contains("dry-run"),
                flags.contains("with-gaps"),
                archive(file, environment),
                VaultLogin.of(file == null ? null : Path.of(file), environment),
                Path.of(options.getOrDefault("work", System.getProperty("java.io.tmpdir"))));
    }

    private static @Nullable S3Location archive(
            @Nullable String runFile, Map<String, String> environment) throws IOException {
        if (runFile != null) {
            return BucketOptions.location(List.of("--run-file", runFile), environment);
        }
        return environment.getOrDefault("S3_ENDPOINT", "").isEmpty()
                ? null
                : BucketOptions.location(List.of(), environment);
    }

    /// @return null when none is named
    @Nullable S3Bucket openArchive() {
        return archive == null ? null : new S3Bucket(archive);
    }

    EventSource source(@Nullable Bucket opened) {
        return new EventSource(brokers, opened, withGaps);
    }

    VaultReader openVault() {
        return new VaultReader(vault, "headwater-state", KEY_LIFE);
    }

    DeciderHistory<?, ?> history(VaultReader opened) {
        return history(SchemaIds.of(registry, ""), opened);
    }

    DeciderHistory<?, ?> history(SchemaIds ids, VaultReader opened) {
        var names = new NamesOfPeople(opened.patient(), opened.blindIndex());
        return decider.equals("lead")
                ? LeadHistory.of(ids, reengageAfter, names)
                : AccessHistory.of(ids, names);
    }
}
