package io.headwater.command.lead;

import io.headwater.command.platform.axon.EntityHandler;
import io.headwater.command.platform.axon.EventOutlet;
import io.headwater.command.platform.axon.Folded;
import io.headwater.command.platform.axon.FoldedStore;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.jspecify.annotations.Nullable;

/// The lead's own handlers without Axon between: what a decision costs at least.
final class PlainLead implements EntityHandler {

    private final FoldedStore<Lead> store;
    private final EventOutlet outlet;

    PlainLead(FoldedStore<Lead> store, EventOutlet outlet) {
        this.store = store;
        this.outlet = outlet;
    }

    @Override
    public @Nullable Object handle(String commandId, Object command) {
        var wanted = (LeadCommand) command;
        var before = store.get(wanted.leadId());
        var appended = new ArrayList<LeadEvent>();
        EventAppender events =
                new EventAppender() {
                    @Override
                    public void append(List<?> more) {
                        more.forEach(event -> appended.add((LeadEvent) event));
                    }

                    @Override
                    public void describeTo(
                            org.axonframework.common.infra.ComponentDescriptor descriptor) {}
                };
        String outcome = decided(before == null ? null : before.entity(), wanted, events);
        var lead = before == null ? null : before.entity();
        long version = before == null ? 0 : before.version();
        for (LeadEvent event : appended) {
            lead = evolved(lead, event);
            outlet.accept(wanted.leadId(), ++version, event);
        }
        if (lead != null && !appended.isEmpty()) {
            store.put(wanted.leadId(), new Folded<>(lead, version));
        }
        return outcome;
    }

    private static String decided(@Nullable Lead lead, LeadCommand command, EventAppender events) {
        return switch (command) {
            case LeadCommand.Capture capture when lead == null -> Lead.capture(capture, events);
            case LeadCommand.Capture capture -> lead.captureAgain(capture, events);
            case LeadCommand.Score score when lead != null -> lead.score(score, events);
            default -> throw new IllegalArgumentException("not measured: " + command);
        };
    }

    private static Lead evolved(@Nullable Lead lead, LeadEvent event) {
        return switch (event) {
            case LeadEvent.Captured captured -> Lead.on(captured);
            case LeadEvent.Resubmitted again when lead != null -> lead.on(again);
            case LeadEvent.Scored scored when lead != null -> lead.on(scored);
            default -> throw new IllegalArgumentException("not measured: " + event);
        };
    }

    @Override
    public void close() {}
}
