package io.headwater.command.edge;

import io.headwater.command.CommandApi;
import io.headwater.command.TestSchemas;
import java.io.IOException;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// command-api as a process of its own, to be killed; ends with its standard input.
public final class CommandApiProcess {

    private CommandApiProcess() {}

    public static void main(String... args) throws IOException {
        var context =
                new SpringApplicationBuilder(CommandApi.class, TestSchemas.class)
                        .registerShutdownHook(false)
                        .bannerMode(Banner.Mode.OFF)
                        .run(args);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        context.close();
    }
}
