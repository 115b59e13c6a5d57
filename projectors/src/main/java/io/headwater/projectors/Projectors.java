package io.headwater.projectors;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/// The application that hosts the projections.
@SpringBootApplication
@ConfigurationPropertiesScan
public class Projectors {

    public static void main(String... args) {
        var context = start(args);
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "projectors-stop"));
    }

    /// Starts without a shutdown hook: whoever calls closes the context.
    ///
    /// @param args settings as `--key=value`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(Projectors.class)
                .registerShutdownHook(false)
                .bannerMode(Banner.Mode.OFF)
                .run(args);
    }
}
