package io.headwater.jobs.lead;

import io.headwater.events.Pii;
import io.headwater.vault.BlindIndex;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Addresses as they are compared: by a name that tells nothing, and an IPv6 address by its /64,
/// which is one household's.
///
/// @param personal opens them
/// @param index names them
record Addresses(PersonalKeys personal, BlindIndex index) {

    private static final Logger log = LoggerFactory.getLogger(Addresses.class);
    private static final int HOUSEHOLD_BYTES = 8;

    /// Of the name: four thousand million addresses are told apart, and no store grows by more.
    private static final int LENGTH = 16;

    /// @return [#LENGTH] letters; null when there is no address, it was erased, or somebody changed
    ///   it
    @Nullable String name(@Nullable Pii address, String site) {
        try {
            return personal.open(address, site, "ip")
                    .map(text -> index.name(site, "address|" + compared(text)))
                    .map(name -> name.substring(0, LENGTH))
                    .orElse(null);
        } catch (BrokenSealException broken) {
            log.atError().addKeyValue("reason", broken.getMessage()).log("address not counted");
            return null;
        }
    }

    private static String compared(String text) {
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), HOUSEHOLD_BYTES))
                    : text;
        } catch (IllegalArgumentException noAddress) {
            return text;
        }
    }
}
