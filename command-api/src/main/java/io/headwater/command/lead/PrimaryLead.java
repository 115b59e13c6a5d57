package io.headwater.command.lead;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Whose submission it is, within its site and project.
///
/// 1. E-mail or phone when given. If they name two leads the e-mail wins and the other is recorded.
/// 2. Else the visitor. 3. Else the address, and only for who gave nothing else.
///
/// @param leadId null: a new lead
/// @param conflictingLeadId the lead that the phone names
record PrimaryLead(@Nullable String leadId, @Nullable String conflictingLeadId) {

    /// @param lookup from identity key to lead id, null when unknown
    /// @return null when the submission names nobody
    static @Nullable PrimaryLead resolve(
            Identities identities, UnaryOperator<@Nullable String> lookup) {
        if (identities.email() != null || identities.phone() != null) {
            String byEmail = lookup.apply(identities.email());
            String byPhone = lookup.apply(identities.phone());
            boolean conflict =
                    byEmail != null && byPhone != null && !Objects.equals(byEmail, byPhone);
            return new PrimaryLead(byEmail != null ? byEmail : byPhone, conflict ? byPhone : null);
        }
        String last = identities.visitor() != null ? identities.visitor() : identities.address();
        return last == null ? null : new PrimaryLead(lookup.apply(last), null);
    }
}
