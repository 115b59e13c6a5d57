package io.headwater.projectors.intake;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldProcessor;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Topics;
import io.headwater.views.WebhookRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The audit of every delivery, secrets redacted.
///
/// in: `intake.webhooks.v1`, key = site id · out: `view.webhooks`, same partition
///
/// Nothing is folded: a request is a row. Rows end with what they are made of: topic, view topic
/// and table keep the same time, which is also the horizon of a rebuild.
@Component
public class WebhooksProjection implements Projection {

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public int foldVersion() {
        return 2;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.INTAKE_WEBHOOKS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(WebhookRow.class);
    }

    @Override
    public Fold fold(FoldStores none) {
        return (site, event, position) -> List.of(row(event, position));
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var events = view.events(builder, Topics.INTAKE_WEBHOOKS.name());
        view.rowsBySource(
                events.process(
                        FoldProcessor.<WebhookRow>of(this, Set.of()), Named.as("webhook-rows")),
                "webhooks-out");
    }

    static WebhookRow row(SpecificRecord event, SourcePosition position) {
        if (!(event instanceof WebhookReceived webhook)) {
            throw new UnfoldableException(event.getSchema().getName() + " is no delivery");
        }
        return WebhookRow.newBuilder()
                .setReceiptId(webhook.getReceiptId())
                .setSiteId(webhook.getSiteId())
                .setSourceId(capped(webhook.getSourceId()))
                .setProvider(capped(webhook.getProvider()))
                .setChannel(webhook.getChannel())
                .setOutcome(webhook.getOutcome())
                .setReason(webhook.getReason())
                .setStatus(webhook.getStatus())
                .setContentType(webhook.getContentType())
                .setBodyBytes(webhook.getBodyBytes())
                .setHeaders(webhook.getHeaders())
                .setRemoteIp(webhook.getRemoteIp())
                .setBody(webhook.getBody())
                .setSubmissionIds(webhook.getSubmissionIds())
                .setReceivedAt(webhook.getReceivedAt())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    /// Whoever is not authenticated writes into a URL what they like; an index takes no more.
    private static @Nullable String capped(@Nullable String text) {
        return text == null ? null : Dimensions.id(text);
    }
}
