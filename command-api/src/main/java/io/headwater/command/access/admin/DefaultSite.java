package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.events.access.CreateSite;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The site `main` exists from the first start. However many instances ask for it, they ask under
/// one command id, and it is created once.
@Component
final class DefaultSite {

    private static final String ID = AccessDirectory.DEFAULT_SITE;
    private static final String COMMAND_ID = "create-site-main";
    private static final long RETRY_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(DefaultSite.class);

    private final AccessDirectory directory;
    private final DirectoryProgress progress;
    private final AccessCommands commands;
    private final AccessSettings settings;

    DefaultSite(
            AccessDirectory directory,
            DirectoryProgress progress,
            AccessCommands commands,
            AccessSettings settings) {
        this.directory = directory;
        this.progress = progress;
        this.commands = commands;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        progress.caughtUp().thenRunAsync(this::provide);
    }

    private void provide() {
        if (directory.siteById(ID).isPresent()) {
            return;
        }
        var command =
                new CreateSite(COMMAND_ID, ID, "Main", ID, settings.mainDomains(), Instant.now());
        commands.append(command)
                .whenComplete((_, fault) -> {
                    if (fault != null) {
                        log.atWarn()
                                .addKeyValue("fault", fault.toString())
                                .log("site main not provided yet");
                        CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS)
                                .execute(this::provide);
                    }
                });
    }
}
