package io.headwater.query;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/// The application that answers questions.
@SpringBootApplication
@ConfigurationPropertiesScan
public class QueryApi {

    public static void main(String... args) {
        var context = start(args);
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "query-api-stop"));
    }

    /// Starts without a shutdown hook: whoever calls closes the context.
    ///
    /// @param args settings as `--key=value`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(QueryApi.class)
                .registerShutdownHook(false)
                .bannerMode(Banner.Mode.OFF)
                .run(args);
    }
}
