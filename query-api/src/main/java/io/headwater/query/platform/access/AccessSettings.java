package io.headwater.query.platform.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// The keys people sign in with; an empty one lets nobody in.
///
/// @param adminApiKey key of the role admin
/// @param marketingApiKey key of the role marketing
@ConfigurationProperties("headwater.access")
public record AccessSettings(String adminApiKey, String marketingApiKey) {

    @Override
    public String toString() {
        return "AccessSettings[keys hidden]";
    }
}
