package io.headwater.projectors.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.SampleEvents;
import io.headwater.state.SessionVisits;
import org.junit.jupiter.api.Test;

class VisitorSessionsTest {

    @Test
    void aSessionKeepsItsPlace() {
        SessionVisits one = VisitorSessions.with(null, "s0");
        SessionVisits two = VisitorSessions.with(one, "s1");

        assertThat(VisitorSessions.with(two, "s0")).isSameAs(two);
        assertThat(VisitorSessions.before(two, "s0")).isZero();
        assertThat(VisitorSessions.before(two, "s1")).isEqualTo(1);
    }

    @Test
    void sessionsBeyondTheCapAllHaveAsManyBefore() {
        SessionVisits visits = VisitorSessions.with(null, "s0");
        for (int i = 1; i < VisitorSessions.MAX_SESSIONS; i++) {
            visits = VisitorSessions.with(visits, "s" + i);
        }

        assertThat(VisitorSessions.before(visits, "s499")).isEqualTo(499);
        assertThat(VisitorSessions.with(visits, "s500")).isSameAs(visits);
        assertThat(VisitorSessions.before(visits, "s500")).isEqualTo(500);
        assertThat(VisitorSessions.before(visits, "s501")).isEqualTo(500);
    }

    @Test
    void recordsOfOtherTopicsNameNoVisitor() {
        assertThatThrownBy(() -> VisitCounter.visitor(SampleEvents.leadCaptured()))
                .isInstanceOf(UnfoldableException.class)
                .hasMessageContaining("LeadCaptured");
    }
}
