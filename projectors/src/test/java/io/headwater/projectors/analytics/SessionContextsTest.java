package io.headwater.projectors.analytics;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.Events;
import io.headwater.schema.SampleEvents;
import io.headwater.state.SessionContext;
import org.junit.jupiter.api.Test;

class SessionContextsTest {

    @Test
    void firstStartGivesTheDimensions() {
        SessionContext before = SessionContexts.fold(null, Events.viewed(SESSION, 1, "/a"));
        SessionContext after = SessionContexts.fold(before, SampleEvents.sessionStarted().build());

        assertThat(before.getSource()).isEqualTo("(direct)");
        assertThat(before.getStarted()).isFalse();
        assertThat(after.getSource()).isEqualTo("google");
        assertThat(after.getStarted()).isTrue();
    }

    @Test
    void repeatedStartChangesNothing() {
        var start = SampleEvents.sessionStarted().build();
        SessionContext first = SessionContexts.fold(null, start);

        assertThat(
                        SessionContexts.fold(
                                first, SampleEvents.sessionStarted().setUtmSource("bing").build()))
                .isSameAs(first);
    }

    @Test
    void referrerOfAnotherHostIsASource() {
        var start = SampleEvents.sessionStarted().setUtmSource(null);

        assertThat(source(start.setReferrer("https://www.search.example/q?x=1")))
                .isEqualTo("search.example");
        assertThat(source(start.setReferrer("https://example.org/before"))).isEqualTo("(direct)");
        assertThat(source(start.setReferrer("not a url"))).isEqualTo("(direct)");
    }

    @Test
    void pagesAreNewOnceUpToTheCap() {
        SessionContext context = SessionContexts.fold(null, Events.viewed(SESSION, 1, "/a"));
        assertThat(SessionContexts.newPages(context, Events.viewed(SESSION, 1, "/a?x=1")))
                .containsExactly("/a");
        context = SessionContexts.withPages(context, java.util.List.of("/a"));
        assertThat(SessionContexts.newPages(context, Events.viewed(SESSION, 2, "/a#there")))
                .isEmpty();
        for (int i = 0; i < 300; i++) {
            var fresh = SessionContexts.newPages(context, Events.viewed(SESSION, 2, "/" + i));
            context = SessionContexts.withPages(context, fresh);
        }
        assertThat(context.getPages()).hasSize(200);
    }

    private static String source(io.headwater.events.tracking.SessionStarted.Builder start) {
        return SessionContexts.fold(null, start.setReceivedAt(NOON).build()).getSource();
    }
}
