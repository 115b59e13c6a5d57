package io.headwater.jobs.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.state.NetworkHistory;
import io.headwater.vault.BlindIndex;
import io.headwater.vault.DataKey;
import io.headwater.vault.PersonalKeys;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkScoreTest {

    /// Of data that is not sealed.
    static final Addresses ADDRESSES =
            new Addresses(
                    new PersonalKeys(kid -> {
                        throw new AssertionError("sealed with " + kid);
                    }),
                    new BlindIndex(NetworkScoreTest::key));

    private static DataKey key(String site) {
        try {
            return new DataKey(site, new byte[DataKey.BYTES]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static SessionStarted.Builder start(int number) {
        return SessionStarted.newBuilder(SampleEvents.filled(SessionStarted.class))
                .setSessionId("session-" + number)
                .setStartedAt(NOON.plusSeconds(number))
                .setIp(PersonalData.ofNullable("192.0.2.1"))
                .setAsn(64_500L)
                .setHosting(false)
                .setBotScore(null);
    }

    private static NetworkHistory history(int sessions, IntFunction<SessionStarted.Builder> start) {
        @Nullable NetworkHistory history = null;
        for (int i = 0; i < sessions; i++) {
            history = NetworkScore.with(history, start.apply(i).build(), ADDRESSES);
        }
        return java.util.Objects.requireNonNull(history);
    }

    private static @Nullable Integer score(NetworkHistory history) {
        return NetworkScore.of(history, SuspicionTest.request().build());
    }

    @Test
    void anOrdinaryVisitorScoresNothing() {
        assertThat(score(history(10, NetworkScoreTest::start))).isZero();
    }

    /// Of 24 points: 3, 5, 5, 3, 5 and 3.
    @ParameterizedTest
    @CsvSource({
        "hosting, 13",
        "robot, 13",
        "four addresses, 21",
        "eleven sessions, 13",
        "changed network, 21",
        "three networks, 42"
    })
    void eachPartHasItsPoints(String part, int score) {
        var history =
                switch (part) {
                    case "hosting" -> history(1, i -> start(i).setHosting(true));
                    case "robot" -> history(1, i -> start(i).setBotScore(30));
                    case "four addresses" ->
                            history(
                                    4,
                                    i -> start(i).setIp(PersonalData.ofNullable("192.0.2." + i)));
                    case "eleven sessions" -> history(11, NetworkScoreTest::start);
                    case "changed network" -> history(2, i -> start(i).setAsn(64_500L + i));
                    default -> history(3, i -> start(i).setAsn(64_500L + i));
                };
        assertThat(score(history)).isEqualTo(score);
    }

    @Test
    void allOfItIsAHundred() {
        var all =
                history(
                        11,
                        i ->
                                start(i).setHosting(true)
                                        .setBotScore(1)
                                        .setAsn(64_500L + i)
                                        .setIp(PersonalData.ofNullable("192.0.2." + i)));
        assertThat(score(all)).isEqualTo(100);
    }

    @Test
    void onlyADayCountsButAChangeOfNetworkCountsAfterAnyTime() {
        Duration day = Duration.ofDays(1);
        var slow =
                history(
                        12,
                        i ->
                                start(i).setStartedAt(NOON.plus(day.multipliedBy(i)))
                                        .setAsn(64_500L + i)
                                        .setIp(PersonalData.ofNullable("192.0.2." + i)));
        assertThat(score(slow)).isEqualTo(21);
    }

    @Test
    void anIpv6NetworkIsOneAddressAndOrderDoesNotMatter() {
        var six =
                history(
                        4,
                        i -> start(i).setIp(PersonalData.ofNullable("2001:db8:1:2::" + (i + 1))));
        assertThat(score(six)).isZero();

        Instant early = NOON.minusSeconds(60);
        var late =
                NetworkScore.with(six, start(9).setStartedAt(early).setAsn(1L).build(), ADDRESSES);
        assertThat(late.getSightings().getFirst().getAsn()).isEqualTo(1L);
        assertThat(score(late)).isZero();
    }

    @Test
    void memoryIsBoundedAndTheSameStartChangesNothing() {
        var many = history(100, NetworkScoreTest::start);
        assertThat(many.getSightings()).hasSize(NetworkScore.SIGHTINGS_KEPT);
        assertThat(NetworkScore.with(many, start(99).build(), ADDRESSES)).isSameAs(many);
    }

    @Test
    void withoutAHistoryTheSubmissionsOwnAddressIsJudged() {
        var request = SuspicionTest.request();
        assertThat(NetworkScore.of(null, request.build())).isNull();
        assertThat(NetworkScore.of(null, request.setHosting(true).build())).isEqualTo(13);
        assertThat(NetworkScore.of(null, request.setBotScore(5).build())).isEqualTo(25);
    }
}
