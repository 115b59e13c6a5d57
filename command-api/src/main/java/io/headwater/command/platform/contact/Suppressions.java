package io.headwater.command.platform.contact;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Lists of who must not be contacted.
public interface Suppressions {

    /// Whose names are of no one site.
    String ANY_SITE = "*";

    /// Nobody is on one; for who decides nothing.
    Suppressions NONE =
            new Suppressions() {
                @Override
                public List<String> listsWith(
                        String siteId, Collection<String> names, Instant now) {
                    return List.of();
                }

                @Override
                public boolean know(Map<String, Long> offsets, String keyId) {
                    return true;
                }
            };

    /// @param names keyed hashes
    /// @return the lists, of the site and of all, that any of them is on at that time
    List<String> listsWith(String siteId, Collection<String> names, Instant now);

    /// @param offsets of the events, by partition as text
    /// @param keyId of the key by which names are made now
    /// @return whether everything before is known here, and can be compared with such names
    boolean know(Map<String, Long> offsets, String keyId);
}
