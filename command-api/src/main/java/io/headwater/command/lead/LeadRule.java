package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// What becomes of one type of command; [LeadRules] only passes them on.
///
/// @param <C> the command
interface LeadRule<C extends SpecificRecord> {

    Class<C> command();

    /// Whose partition it belongs to, and whether it agrees with itself: what would otherwise make
    /// a decision fail for ever is turned away here, before anything is touched.
    ///
    /// @throws IllegalArgumentException when it contradicts itself
    CommandHeader header(C command);

    /// @throws io.headwater.command.platform.Refused when a rule says no; no event may have been
    ///   appended then
    Answer decide(C command, Decision<LeadEvent> decision);

    /// @throws IllegalArgumentException saying what does not hold
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// Of a command about one lead.
    ///
    /// @throws IllegalArgumentException when the lead belongs to another site
    static CommandHeader header(
            String commandId, String leadId, String siteId, Instant requestedAt) {
        require(belongs(leadId, siteId), "the lead belongs to another site");
        return new CommandHeader(commandId, siteId, requestedAt);
    }

    /// The lead id carries its routing key.
    static boolean belongs(String leadId, String siteId) {
        return leadId.startsWith(siteId + "_");
    }
}
