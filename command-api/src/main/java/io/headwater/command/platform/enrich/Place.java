package io.headwater.command.platform.enrich;

import org.jspecify.annotations.Nullable;

/// Where an address is and who runs it; each part may be unknown.
///
/// @param country ISO 3166 alpha-2, upper case
/// @param timezone IANA
/// @param asn autonomous system number
/// @param asName its organisation
/// @param hosting whether it belongs to a hosting or VPN provider
public record Place(
        @Nullable String country,
        @Nullable String city,
        @Nullable String region,
        @Nullable String timezone,
        @Nullable Long asn,
        @Nullable String asName,
        @Nullable Boolean hosting) {

    public static final Place UNKNOWN = new Place(null, null, null, null, null, null, null);

    /// Parts that this one does not know, from the other.
    public Place orElse(Place other) {
        return new Place(
                country != null ? country : other.country,
                city != null ? city : other.city,
                region != null ? region : other.region,
                timezone != null ? timezone : other.timezone,
                asn != null ? asn : other.asn,
                asn != null ? asName : other.asName,
                hosting != null ? hosting : other.hosting);
    }
}
