package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.Providers;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.StringSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/// `/v3/api-docs`: the intake is described by hand, for it reads its bodies by itself and tracking
/// is a servlet; everything else is found in the controllers.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String INTAKE = "openapi/intake.yaml";
    private static final String WEBHOOKS = "/webhooks/{provider}/{source}";

    @Bean
    OpenApiCustomizer intakeDescription(Providers providers) {
        OpenAPI intake = read();
        nameProviders(intake, providers);
        return document -> {
            document.setInfo(intake.getInfo());
            intake.getPaths().forEach(document.getPaths()::addPathItem);
            intake.getComponents()
                    .getSchemas()
                    .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
            intake.getComponents()
                    .getResponses()
                    .forEach((name, answer) -> document.getComponents().addResponses(name, answer));
            intake.getComponents()
                    .getSecuritySchemes()
                    .forEach((name, scheme) ->
                            document.getComponents().addSecuritySchemes(name, scheme));
        };
    }

    private static void nameProviders(OpenAPI intake, Providers providers) {
        Objects.requireNonNull(intake.getPaths().get(WEBHOOKS)).getPost().getParameters().stream()
                .filter(parameter -> parameter.getName().equals("provider"))
                .forEach(parameter ->
                        parameter.schema(new StringSchema()._enum(List.copyOf(providers.names()))));
    }

    private static OpenAPI read() {
        try (var yaml = new ClassPathResource(INTAKE).getInputStream()) {
            return Yaml31.mapper().readValue(yaml, OpenAPI.class);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
