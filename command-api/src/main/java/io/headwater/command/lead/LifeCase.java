package io.headwater.command.lead;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.lead.life.Standing;
import io.headwater.command.platform.directory.Stage;
import io.headwater.life.Appointment;
import io.headwater.life.FactNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question about one lead: how it stands, who asks, and the stages of its site.
record LifeCase(String leadId, LeadLife life, By by, Pipeline pipeline) {

    /// The events, and the move that follows from them.
    ///
    /// @param byHand cause of the move when no fact is
    List<LifeEvent> settled(String byHand, LifeEvent... first) {
        var events = new ArrayList<LifeEvent>(List.of(first));
        var next = life;
        for (var event : events) {
            next = next.on(event);
        }
        return settled(byHand, next, events);
    }

    private List<LifeEvent> settled(String byHand, LeadLife next, List<LifeEvent> events) {
        var standing = Standing.of(next.decided(), next.facts().notes(), pipeline);
        if (!standing.stage().equals(next.stage())) {
            events.add(
                    new LifeEvent.StageChanged(
                            leadId,
                            by,
                            next.stage(),
                            standing.stage(),
                            standing.kind(),
                            standing.cause().equals(Standing.HAND) ? byHand : standing.cause(),
                            null));
        }
        return events;
    }

    /// What follows from a fact that `life` does not know yet.
    List<LifeEvent> follows(FactNote note) {
        if (!note.decides()) {
            return List.of();
        }
        var next = life.noticed(note);
        var events = new ArrayList<LifeEvent>();
        if (note.isAppointment()) {
            appointment(note, LifeNotes.change(note.kind()), note.id(), null, next)
                    .ifPresent(events::add);
        }
        return settled("facts", next, events);
    }

    /// The appointment as it is with a note that was not there before.
    ///
    /// @param factId null: by hand
    /// @return empty when the note is older than all that a lead keeps
    Optional<LifeEvent.AppointmentChanged> appointment(
            FactNote note,
            String change,
            @Nullable String factId,
            @Nullable String reason,
            LeadLife next) {
        String ref = note.ref() == null ? note.id() : note.ref();
        return Appointment.of(next.facts().notes(), ref)
                .map(now -> changed(now, note, ref, change, factId, reason));
    }

    private LifeEvent.AppointmentChanged changed(
            Appointment now,
            FactNote note,
            String ref,
            String change,
            @Nullable String factId,
            @Nullable String reason) {
        var replaced =
                Appointment.of(life.facts().notes()).stream()
                        .map(Appointment::ref)
                        .filter(before -> now.refs().contains(before) && !before.equals(now.ref()))
                        .toList();
        return new LifeEvent.AppointmentChanged(
                leadId,
                by,
                now.ref(),
                now.currentRef(),
                now.status(),
                now.startsAt(),
                replaced,
                change,
                ref,
                note.previousRef(),
                factId,
                reason);
    }

    boolean isKind(Stage.Kind kind) {
        return life.kind() == kind;
    }
}
