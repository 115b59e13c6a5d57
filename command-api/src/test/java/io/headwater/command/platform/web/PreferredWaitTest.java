package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PreferredWaitTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5 | 5",
                "wait=0 | 0",
                "respond-async, Wait = \"3\"; x=y | 3",
                "wait=11 | 10",
                "wait=99999999999999999999 | 10"
            })
    void isReadFromTheHeader(String prefer, long seconds) {
        request.addHeader("Prefer", prefer);
        request.setQueryString("wait=7");

        assertThat(PreferredWait.of(request)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void isReadFromASecondLineToo() {
        request.addHeader("Prefer", "return=minimal");
        request.addHeader("Prefer", "wait=1");

        assertThat(PreferredWait.of(request)).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wait", "wait=-1", "wait=soon", "await=5", "return=minimal; wait=5", ""})
    void whatIsNoWaitIsNone(String prefer) {
        request.addHeader("Prefer", prefer);
        request.setQueryString("await=3&wait=x");

        assertThat(PreferredWait.of(request)).isEmpty();
    }

    @Test
    void isReadFromTheUrlAndConfirmed() {
        var response = new MockHttpServletResponse();
        request.setQueryString("a=1&wait=12");

        PreferredWait.confirm(request, response);

        assertThat(response.getHeader("Preference-Applied")).isEqualTo("wait=10");
    }
}
