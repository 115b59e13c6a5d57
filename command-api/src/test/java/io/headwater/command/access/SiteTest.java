package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.events.access.FormChange;
import java.util.List;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiteTest {

    private static final SiteEvent.Created CREATED =
            new SiteEvent.Created("shop", "Shop", "pk_shop", List.of("shop.example.org"));

    private final AxonTestFixture site = SiteFixture.open();

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
    void formThatIsGoneMayComeBack() {
        var form = new SiteEvent.FormCreated("shop", "contact", "Contact", "{}", null);
        site.given()
                .events(CREATED, form, new SiteEvent.FormRemoved("shop", "contact", "system"))
                .when()
                .command(new SiteCommand.CreateForm("shop", "contact", "Contact", "{}", null))
                .then()
                .events(form);
    }

    @Test
    void unknownFormIsNotChanged() {
        site.given()
                .event(CREATED)
                .when()
                .command(
                        new SiteCommand.ChangeForm(
                                "shop",
                                "contact",
                                FormChange.newBuilder().setEnabled(false).build(),
                                List.of(),
                                "key:admin"))
                .then()
                .exception(Refused.class)
                .noEvents();
    }
}
