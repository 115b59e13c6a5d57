package io.headwater.projectors.visit;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.projectors.Events;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.SampleEvents;
import io.headwater.state.SessionContext;
import io.headwater.state.SessionVisits;
import org.junit.jupiter.api.Test;

class ContextsTest {

    @Test
    void firstStartGivesTheDimensions() {
        SessionContext before = Contexts.fold(null, Events.viewed(SESSION, 1, "/a"));
        SessionContext after = Contexts.fold(before, SampleEvents.sessionStarted().build());

        assertThat(before.getSource()).isEqualTo("(direct)");
        assertThat(before.getVisitorId()).isNull();
        assertThat(before.getStarted()).isFalse();
        assertThat(after.getSource()).isEqualTo("google");
        assertThat(after.getVisitorId()).isEqualTo(VISITOR);
        assertThat(after.getStarted()).isTrue();
    }

    @Test
    void repeatedStartChangesNothing() {
        var start = SampleEvents.sessionStarted().build();
        SessionContext first = Contexts.fold(null, start);

        assertThat(Contexts.fold(first, SampleEvents.sessionStarted().setUtmSource("bing").build()))
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
    void sessionsOfAVisitorAreCountedOnceAndKeptUpToTheCap() {
        SessionVisits visits = Contexts.visit(null, "s0");
        assertThat(Contexts.visit(visits, "s0")).isSameAs(visits);
        for (int i = 1; i < 600; i++) {
            visits = Contexts.visit(visits, "s" + i);
        }

        assertThat(visits.getCount()).isEqualTo(600);
        assertThat(visits.getSessionIds()).hasSize(500).startsWith("s100").endsWith("s599");
    }

    @Test
    void pagesAreNewOnceUpToTheCap() {
        SessionContext context = Contexts.fold(null, Events.viewed(SESSION, 1, "/a"));
        assertThat(Contexts.newPages(context, Events.viewed(SESSION, 1, "/a?x=1")))
                .containsExactly("/a");
        context = Contexts.withPages(context, java.util.List.of("/a"));
        assertThat(Contexts.newPages(context, Events.viewed(SESSION, 2, "/a#there"))).isEmpty();
        for (int i = 0; i < 300; i++) {
            var fresh = Contexts.newPages(context, Events.viewed(SESSION, 2, "/" + i));
            context = Contexts.withPages(context, fresh);
        }
        assertThat(context.getPages()).hasSize(200);
    }

    @Test
    void recordsOfOtherTopicsDoNotFold() {
        assertThatThrownBy(() -> Contexts.fold(null, SampleEvents.leadCaptured()))
                .isInstanceOf(UnfoldableException.class)
                .hasMessageContaining("LeadCaptured");
    }

    private static String source(io.headwater.events.tracking.SessionStarted.Builder start) {
        return Contexts.fold(null, start.setReceivedAt(NOON).build()).getSource();
    }
}
