package io.headwater.command.platform.axon;

/// Takes the events that an entity decided, in order.
@FunctionalInterface
public interface EventOutlet {

    /// @param sequence version of the entity after this event
    void accept(String entityId, long sequence, Object event);
}
