package io.headwater.command.access;

import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.test.fixture.AxonTestFixture;

/// A site alone, without a store.
final class SiteFixture {

    private SiteFixture() {}

    static AxonTestFixture open() {
        return AxonTestFixture.with(
                EventSourcingConfigurer.create()
                        .componentRegistry(registry ->
                                registry.disableEnhancer(
                                        "org.axonframework.update.UpdateCheckerConfigurationEnhancer"))
                        .registerEntity(
                                EventSourcedEntityModule.autodetected(String.class, Site.class)));
    }
}
