package io.headwater.projectors.lead;

import io.headwater.events.lead.Submission;
import io.headwater.projectors.platform.fold.Dimensions;

/// The one answer to where a submission came from: roll-ups count by it, lists are filtered by it.
final class Sources {

    private Sources() {}

    /// @return `utm_source`, else `lead_source`, else the host of the referrer, else `(direct)`
    static String of(Submission s) {
        return Dimensions.source(
                s.getUtmSource(),
                s.getLeadSource(),
                Dimensions.referrerHost(s.getReferredBy(), s.getPageUrl()));
    }
}
