package io.headwater.command.platform.directory;

/// @param keyPrefix first characters of the API key, all that is ever shown again
public record IntegrationConfig(
        String siteId, String integrationId, String name, String keyPrefix) {}
