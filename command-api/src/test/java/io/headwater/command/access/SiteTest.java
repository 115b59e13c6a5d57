package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiteTest {

    private static final SiteEvent.Created CREATED =
            new SiteEvent.Created("shop", "Shop", "pk_shop", List.of("shop.example.org"));

    private final AxonTestFixture site =
            AxonTestFixture.with(
                    EventSourcingConfigurer.create()
                            .componentRegistry(registry ->
                                    registry.disableEnhancer(
                                            "org.axonframework.update.UpdateCheckerConfigurationEnhancer"))
                            .registerEntity(
                                    EventSourcedEntityModule.autodetected(
                                            String.class, Site.class)));

    @AfterEach
    void stop() {
        site.stop();
    }

    @Test
    void newSiteIsCreated() {
        site.given()
                .noPriorActivity()
                .when()
                .command(
                        new SiteCommand.Create(
                                "shop", "Shop", "pk_shop", List.of("shop.example.org")))
                .then()
                .resultMessagePayload("created")
                .events(CREATED);
    }

    @Test
    void siteIsCreatedOnce() {
        site.given()
                .event(CREATED)
                .when()
                .command(new SiteCommand.Create("shop", "Other", "pk_other", List.of()))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void domainIsAddedOnce() {
        site.given()
                .event(CREATED)
                .when()
                .command(new SiteCommand.AddDomain("shop", "d1", "shop.example.org"))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void domainThatWasRemovedMayComeBack() {
        site.given()
                .events(CREATED, new SiteEvent.DomainRemoved("shop", "shop.example.org"))
                .when()
                .command(new SiteCommand.AddDomain("shop", "d1", "shop.example.org"))
                .then()
                .events(new SiteEvent.DomainAdded("shop", "d1", "shop.example.org"));
    }

    @Test
    void unknownDomainCannotBeRemoved() {
        site.given()
                .event(CREATED)
                .when()
                .command(new SiteCommand.RemoveDomain("shop", "d1"))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void formIsUniqueWithinItsSite() {
        var form = new SiteEvent.FormCreated("shop", "contact", "Contact", "{}", null);
        site.given()
                .events(CREATED, form)
                .when()
                .command(new SiteCommand.CreateForm("shop", "contact", "Again", "{}", null))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void keyIsRevokedOnce() {
        var key = new SiteEvent.IntegrationCreated("shop", "i1", "CRM", "hw_abc", "hash");
        site.given()
                .events(CREATED, key)
                .when()
                .command(new SiteCommand.RevokeIntegration("shop", "i1"))
                .then()
                .resultMessagePayload("revoked")
                .events(new SiteEvent.IntegrationRevoked("shop", "i1"));
        site.given()
                .events(CREATED, key, new SiteEvent.IntegrationRevoked("shop", "i1"))
                .when()
                .command(new SiteCommand.RevokeIntegration("shop", "i1"))
                .then()
                .exception(Refused.class);
    }

    @Test
    void sourceIsConnected() {
        site.given()
                .event(CREATED)
                .when()
                .command(
                        new SiteCommand.CreateSource(
                                "shop", "s1", "Stripe", "stripe", List.of(), Map.of(), 600))
                .then()
                .events(
                        new SiteEvent.SourceCreated(
                                "shop", "s1", "Stripe", "stripe", List.of(), Map.of(), 600));
    }
}
