package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Twilio calls and messages that come in, and what a Studio flow posts: who calls or writes is a
/// submission. Later states of the same call or message are repeats of its id. Answered with empty
/// TwiML, which says nothing to the caller.
///
/// source: twilio.com/docs, "Twilio's request to your application" (Voice, Messaging), "Webhooks
/// security"
@Component
final class TwilioPreset implements ProviderPreset {

    /// What Twilio puts in place of a number that is withheld spells a word on a telephone's keys.
    ///
    /// source: twilio.com/docs, "Why am I getting calls from these strange numbers?"
    private static final Set<String> WITHHELD =
            Set.of("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253");

    private static final Pattern NUMBER = Pattern.compile("(?:[a-z]{1,20}:)?(\\+?[0-9]{5,20})");

    private static final Answer NOTHING_TO_SAY =
            new Answer(
                    200,
                    "text/xml;charset=UTF-8",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>",
                    Map.of());

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("twilio");
    }

    @Override
    public Answer answer(Delivery delivery) {
        return NOTHING_TO_SAY;
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        if (String.valueOf(Paths.text(payload, "Direction")).startsWith("outbound")
                || isOfOurMessage(Paths.first(payload, "MessageStatus", "SmsStatus"))) {
            return Normalised.ignored("outbound");
        }
        var fields = new LeadFields();
        fields.put(LeadField.PHONE, number(Paths.first(payload, "From", "Caller")));
        fields.put(LeadField.FULL_NAME, Paths.first(payload, "ProfileName", "CallerName"));
        fields.put(LeadField.CITY, Paths.first(payload, "FromCity", "CallerCity"));
        fields.put(LeadField.REGION, Paths.first(payload, "FromState", "CallerState"));
        fields.put(LeadField.COUNTRY, Paths.first(payload, "FromCountry", "CallerCountry"));
        fields.put(
                LeadField.MESSAGE,
                Paths.first(payload, "Body", "SpeechResult", "TranscriptionText"));
        Questions.answers(fields, payload);
        return Submitted.through(
                "Twilio",
                fields,
                Paths.first(payload, "CallSid", "MessageSid", "SmsSid", "ExecutionSid"),
                payload,
                source);
    }

    /// Only what comes in is `received` or `receiving`; all other states belong to what was sent.
    private static boolean isOfOurMessage(@Nullable String status) {
        return status != null && !status.equals("received") && !status.equals("receiving");
    }

    /// @return without the channel (`whatsapp:`); null for a name, a SIP address or a withheld one
    private static @Nullable String number(@Nullable String from) {
        var number = NUMBER.matcher(from == null ? "" : from.strip());
        return number.matches() && !WITHHELD.contains(number.group(1)) ? number.group(1) : null;
    }
}
