package io.headwater.query.platform.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The OpenAPI document: two ways to send a key, problem documents on every operation.
@Configuration
class OpenApiConfiguration {
    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Headwater query API")
                                .version("1")
                                .description(
                                        "Leads, sessions and figures out of the read models."
                                                + " X-As-Of tells how fresh an answer is."))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer"))
                                .addSecuritySchemes(
                                        API_KEY,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.HEADER)
                                                .name("X-API-Key")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY));
    }

    /// Member names in the document as they are in the answers.
    @Bean
    ModelResolver snakeCaseModels() {
        return new ModelResolver(
                Json.mapper()
                        .copy()
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    OpenApiCustomizer problemsEverywhere() {
        return document -> {
            document.getComponents()
                    .getSchemas()
                    .putAll(ModelConverters.getInstance(true).readAll(Problem.class));
            document.getPaths()
                    .forEach((path, item) ->
                            item.readOperations().forEach(operation -> complete(path, operation)));
        };
    }

    private static void complete(String path, Operation operation) {
        if (path.equals("/health")) {
            operation.setSecurity(List.of());
        } else {
            operation.getResponses().addApiResponse("default", problem());
        }
    }

    private static ApiResponse problem() {
        return new ApiResponse()
                .description("problem document (RFC 9457)")
                .content(
                        new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType()
                                                .schema(
                                                        new Schema<>()
                                                                .$ref(
                                                                        "#/components/schemas/Problem"))));
    }
}
