package io.headwater.command.lead;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How suspicious a lead's newest submission and its network are.
///
/// @param suspicionScore 0 to 100; null: not judged
/// @param reasons code of each part of it
/// @param vpnScore 0 to 100; null: nothing known about the network
record Judgement(
        @Nullable Integer suspicionScore,
        List<String> reasons,
        @Nullable Integer vpnScore,
        boolean vpnSuspected) {

    static final Judgement NONE = new Judgement(null, List.of(), null, false);
}
