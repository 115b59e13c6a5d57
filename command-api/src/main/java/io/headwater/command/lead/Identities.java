package io.headwater.command.lead;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names under which a person is known, as keys of a store: [Namer] makes them.
///
/// @param email of the project, null when not given; so are the next three
/// @param address only when there is no other identifier
/// @param anywhere e-mail and phone over all projects of the site, and what its source calls it,
///   which is how facts find leads
record Identities(
        @Nullable String email,
        @Nullable String phone,
        @Nullable String visitor,
        @Nullable String address,
        List<String> anywhere) {}
