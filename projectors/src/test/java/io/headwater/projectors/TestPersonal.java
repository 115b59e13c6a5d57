package io.headwater.projectors;

import io.headwater.vault.PersonalKeys;

/// Personal data of events that were made by hand: none of it is sealed.
public final class TestPersonal {

    /// Opens what is not sealed, and fails with anything else.
    public static final PersonalKeys CLEAR =
            new PersonalKeys(kid -> {
                throw new AssertionError("sealed with " + kid);
            });

    private TestPersonal() {}
}
