package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.provider.ProviderSettings;
import io.headwater.command.intake.provider.Reach;
import io.headwater.command.platform.web.body.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;

/// Every preset over every fixture in `webhooks/<provider>`, see [Fixture] for the files.
class FixturesTest {

    private static final AnnotationConfigApplicationContext CONTEXT = presets();

    static AnnotationConfigApplicationContext presets() {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(
                ProviderSettings.class, () -> new ProviderSettings(Reach.THIS_MACHINE));
        context.register(Presets.class);
        context.scan(FixturesTest.class.getPackageName());
        context.refresh();
        return context;
    }

    @AfterAll
    static void close() {
        CONTEXT.close();
    }

    static Stream<Fixture> fixtures() {
        return Fixture.all();
    }

    @Test
    void everyPresetHasFixturesAndEveryFolderIsAPreset() {
        Set<String> folders =
                Fixture.all().map(Fixture::provider).collect(Collectors.toCollection(TreeSet::new));

        assertThat(CONTEXT.getBean(Presets.class).names()).isEqualTo(folders);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aDeliverySaysWhatIsExpected(Fixture fixture) {
        assertThat(pretty(Views.of(normalised(fixture)))).isEqualTo(pretty(fixture.expected()));
    }

    /// What is kept of an item is all that its release, its replay and its preview have.
    @ParameterizedTest
    @MethodSource("fixtures")
    void theKeptPayloadSaysTheSameItemAgain(Fixture fixture) {
        var redaction = Redaction.of(fixture.source());
        var normalised = normalised(fixture);

        for (var item : normalised.submissions()) {
            var kept = item.without(redaction);
            var again = again(fixture, kept.payload());
            assertThat(pretty(Views.of(again)))
                    .isEqualTo(
                            pretty(Views.of(new Normalised(List.of(kept), List.of(), List.of()))));
            assertThat(again.submissions().getFirst().without(redaction).payload())
                    .isEqualTo(kept.payload());
        }
        for (var fact : normalised.facts()) {
            var kept = fact.without(redaction);
            var again = again(fixture, kept.payload());
            assertThat(pretty(Views.of(again)))
                    .isEqualTo(
                            pretty(Views.of(new Normalised(List.of(), List.of(kept), List.of()))));
            assertThat(again.facts().getFirst().without(redaction).payload())
                    .isEqualTo(kept.payload());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void numbersKeepEveryDigit(Fixture fixture) {
        var normalised = normalised(fixture);
        String kept =
                Stream.concat(
                                normalised.submissions().stream().map(item -> item.payload()),
                                normalised.facts().stream().map(item -> item.payload()))
                        .map(Json::write)
                        .collect(Collectors.joining("\n"));

        var numbers =
                Fixture.LONG_NUMBER.matcher(normalised.ignored().isEmpty() ? fixture.text() : "");
        while (numbers.find()) {
            assertThat(kept).contains(numbers.group());
        }
    }

    private static Normalised normalised(Fixture fixture) {
        return normalised(fixture, fixture.delivery(preset(fixture).accepts()));
    }

    private static Normalised again(Fixture fixture, JsonNode payload) {
        return normalised(fixture, Delivery.kept(payload, Deliveries.NOW));
    }

    private static Normalised normalised(Fixture fixture, Delivery delivery) {
        JsonNode body = delivery.tree();
        return Elements.guarded(
                body, () -> preset(fixture).normalise(body, delivery, fixture.source()));
    }

    private static ProviderPreset preset(Fixture fixture) {
        return CONTEXT.getBean(Presets.class).named(fixture.provider()).orElseThrow();
    }

    private static String pretty(JsonNode tree) {
        return Json.read(Json.canonical(tree)).toPrettyString();
    }
}
