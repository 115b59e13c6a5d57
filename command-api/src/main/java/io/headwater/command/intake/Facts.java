package io.headwater.command.intake;

import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.lead.ProviderFact;
import io.headwater.schema.PersonalData;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gives a provider's fact its public form.
public final class Facts {

    private final Contacts contacts;

    public Facts(Contacts contacts) {
        this.contacts = contacts;
    }

    public ProviderFact of(FactItem item, Receipt receipt) {
        String provider = Objects.requireNonNull(receipt.provider());
        return ProviderFact.newBuilder()
                .setFactId(provider + ":" + item.factId())
                .setSiteId(receipt.siteId())
                .setReceiptId(receipt.receiptId())
                .setSourceId(Objects.requireNonNull(receipt.sourceId()))
                .setProvider(provider)
                .setKind(item.kind())
                .setExternalRef(Text.field(item.externalRef(), 500))
                .setEmail(PersonalData.ofNullable(email(item.email())))
                .setPhone(PersonalData.ofNullable(phone(item.phone())))
                .setFullName(PersonalData.ofNullable(Text.field(item.fullName(), 400)))
                .setLeadRef(Text.field(item.leadRef(), 100))
                .setAmountMinor(item.amountMinor())
                .setCurrency(item.currency())
                .setStartsAt(believable(item.startsAt()))
                .setPreviousRef(Text.field(item.previousRef(), 500))
                .setTest(item.test())
                .setOccurredAt(occurredAt(item, receipt.receivedAt()))
                .setReceivedAt(receipt.receivedAt())
                .setPayload(PersonalData.ofNullable(Json.write(item.payload())))
                .build();
    }

    private @Nullable String email(@Nullable String given) {
        return given == null ? null : contacts.email(given);
    }

    private @Nullable String phone(@Nullable String given) {
        String text = Text.field(given, 40);
        return text == null ? null : contacts.phone(text, null, null);
    }

    private static Instant occurredAt(FactItem item, Instant receivedAt) {
        Instant told = item.occurredAt();
        return told == null || Timestamps.absurdity(told, receivedAt) != null ? receivedAt : told;
    }

    /// Appointments lie ahead, but not behind the year 2000 or centuries away.
    private static @Nullable Instant believable(@Nullable Instant startsAt) {
        return startsAt == null
                        || startsAt.isBefore(Timestamps.EARLIEST)
                        || startsAt.isAfter(Instant.parse("2200-01-01T00:00:00Z"))
                ? null
                : startsAt;
    }
}
