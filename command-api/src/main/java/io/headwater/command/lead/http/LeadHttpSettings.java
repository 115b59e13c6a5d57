package io.headwater.command.lead.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param decisionWait longest wait of a request for its decision, unless it prefers another
/// @param callbackSecret Bearer secret of the CRM's and the automation's callbacks; empty: nobody
///   may call back
/// @param webhookSecret Bearer secret of the CRM's webhook; empty: the callback secret
@ConfigurationProperties("headwater.lead-http")
record LeadHttpSettings(Duration decisionWait, String callbackSecret, String webhookSecret) {

    /// Without the secrets, so that it may be logged.
    @Override
    public String toString() {
        return "LeadHttpSettings[" + decisionWait + "]";
    }
}
