package io.headwater.command.access;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headwater.command.platform.Refused;
import io.headwater.events.access.SourceChange;
import io.headwater.schema.PersonalData;
import java.util.List;
import java.util.Map;
import org.axonframework.test.fixture.AxonTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a site decides about its sources.
class SiteSourceTest {

    private static final String BY = "key:admin";
    private static final SourceSpec SPEC =
            new SourceSpec(
                    "Stripe",
                    "stripe",
                    List.of(PersonalData.of("whsec_1")),
                    List.of("k1"),
                    Map.of("email", "a.b"),
                    null,
                    Map.of(),
                    600,
                    0,
                    null,
                    null,
                    Map.of(),
                    Map.of());
    private static final SiteEvent.Created CREATED =
            new SiteEvent.Created("shop", "Shop", "pk_shop", List.of());
    private static final SiteEvent.SourceCreated CONNECTED =
            new SiteEvent.SourceCreated("shop", "s1", SPEC, BY);

    private final AxonTestFixture site = SiteFixture.open();

    @AfterEach
    void stop() {
        site.stop();
    }

    private static SiteCommand.ChangeSource rename(@Nullable Long expectedVersion) {
        return new SiteCommand.ChangeSource(
                "shop",
                "s1",
                expectedVersion,
                SourceChange.newBuilder().setName("Cards").build(),
                List.of(),
                BY);
    }

    @Test
    void sourceIsConnected() {
        site.given()
                .event(CREATED)
                .when()
                .command(new SiteCommand.CreateSource("shop", "s1", SPEC, BY))
                .then()
                .events(CONNECTED);
    }

    @Test
    void ofTwoChangesWithOneVersionTheSecondIsRefused() {
        site.given()
                .events(CREATED, CONNECTED)
                .when()
                .command(rename(1L))
                .then()
                .resultMessagePayload("changed")
                .success();
        site.given()
                .events(
                        CREATED,
                        CONNECTED,
                        new SiteEvent.SourceChanged(
                                "shop", "s1", rename(1L).changes(), List.of(), BY))
                .when()
                .command(rename(1L))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void mappingsAreNumbered() {
        site.given()
                .events(CREATED, CONNECTED)
                .when()
                .command(new SiteCommand.MapSource("shop", "s1", null, Map.of("email", "c"), BY))
                .then()
                .events(new SiteEvent.SourceMapped("shop", "s1", 2, Map.of("email", "c"), BY));
    }

    @Test
    void whatIsDisconnectedIsUnknown() {
        site.given()
                .events(CREATED, CONNECTED, new SiteEvent.SourceRemoved("shop", "s1", BY))
                .when()
                .command(rename(null))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void olderSecretsEndAfterTheirGrace() {
        var until = NOON.plusSeconds(3600);

        var rotated =
                SiteSource.begun(List.of("k1", "k2"), false)
                        .withSecret("k3", until, NOON)
                        .withSecret("k4", null, until);

        assertThat(rotated.secrets()).containsOnlyKeys("k3", "k4");
        assertThat(rotated.version()).isEqualTo(3);
    }

    @Test
    void lastSecretIsNotEndedUnlessNoneIsNeeded() {
        var source = SiteSource.begun(List.of("k1"), false);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> source.requireEndable("k1", false, NOON))
                .matches(refused -> refused.code().equals("last-secret"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> source.requireEndable("k2", true, NOON))
                .matches(refused -> refused.code().equals("unknown-secret"));
        source.requireEndable("k1", true, NOON);
    }

    @Test
    void aSourceHasFewSecrets() {
        var full = SiteSource.begun(List.of("1", "2", "3", "4", "5"), false);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> full.requireRoomForSecret("6", NOON))
                .matches(refused -> refused.code().equals("too-many-secrets"));
    }
}
