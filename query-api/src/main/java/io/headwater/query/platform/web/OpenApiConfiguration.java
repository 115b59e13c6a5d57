package io.headwater.query.platform.web;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
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
                        .setPropertyNamingStrategy(
                                com.fasterxml.jackson.databind.PropertyNamingStrategies
                                        .SNAKE_CASE));
    }

    @Bean
    OpenApiCustomizer problemsEverywhere() {
        return document ->
                document.getPaths()
                        .forEach((path, item) ->
                                item.readOperations()
                                        .forEach(operation -> {
                                            var responses = operation.getResponses();
                                            if (path.equals("/health")) {
                                                operation.setSecurity(java.util.List.of());
                                                return;
                                            }
                                            responses.addApiResponse("default", problem());
                                        }));
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
