package io.headwater.command.platform.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.SuppressionLists.Entry;
import io.headwater.command.platform.contact.SuppressionLists.ListKey;
import io.headwater.events.suppression.ContactsSuppressed;
import io.headwater.events.suppression.ContactsUnsuppressed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuppressionListsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final SuppressionLists lists = new SuppressionLists();
    private String keyId = "k1";

    private static String name(String of) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(of.getBytes(StandardCharsets.UTF_8)));
    }

    private void add(@Nullable String site, String list, @Nullable Instant until, String... who) {
        lists.apply(
                new ContactsSuppressed(
                        "e", site, list, names(who), keyId, "asked so", until, "key:a", NOON));
    }

    private void remove(@Nullable String site, String list, String... who) {
        lists.apply(new ContactsUnsuppressed("e", site, list, names(who), keyId, "key:a", NOON));
    }

    private static List<String> names(String... who) {
        return List.of(who).stream().map(SuppressionListsTest::name).toList();
    }

    private List<String> with(String site, Instant now, String... who) {
        return lists.with(site, names(who), now).stream()
                .map(entry -> entry.list().siteId() + "/" + entry.list().list())
                .toList();
    }

    @Test
    void listsOfTheSiteAndOfAllCount() {
        add("a", "mine", null, "ana", "bo");
        add("b", "theirs", null, "ana");
        add(null, "dnc", null, "bo");

        assertThat(with("a", NOON, "ana")).containsExactly("a/mine");
        assertThat(with("a", NOON, "nobody", "bo")).containsExactly("*/dnc", "a/mine");
        assertThat(with("c", NOON, "ana")).isEmpty();
        assertThat(lists.with("b", names("ana"), NOON))
                .containsExactly(new Entry(new ListKey("b", "theirs"), "asked so", NOON, null));
    }

    @Test
    void untilItsTimeAndNotAfter() {
        add(null, "dnc", NOON.plusSeconds(1), "ana");

        assertThat(with("a", NOON, "ana")).isNotEmpty();
        assertThat(with("a", NOON.plusSeconds(1), "ana")).isEmpty();
        add(null, "dnc", null, "ana");
        assertThat(with("a", NOON.plusSeconds(1), "ana")).isNotEmpty();
    }

    @Test
    void whoIsTakenOffIsOnItNoMore() {
        add(null, "dnc", null, "ana", "bo");

        remove(null, "dnc", "ana", "nobody");
        remove("a", "dnc", "bo");

        assertThat(with("a", NOON, "ana")).isEmpty();
        assertThat(with("a", NOON, "bo")).containsExactly("*/dnc");
        assertThat(lists.sizes()).isEqualTo(Map.of(new ListKey("*", "dnc"), 1));
        remove(null, "dnc", "bo");
        assertThat(lists.sizes()).isEmpty();
    }

    @Test
    void namesOfALostKeyAreFoundOutUntilTheirListIsCleared() {
        add(null, "dnc", null, "ana");
        assertThat(lists.areOf("k1")).isTrue();
        assertThat(lists.areOf("k2")).isFalse();

        keyId = "k2";
        add(null, "other", null, "ana");
        assertThat(lists.areOf("k2")).isFalse();
        remove(null, "dnc");

        assertThat(lists.areOf("k2")).isTrue();
        assertThat(with("a", NOON, "ana")).containsExactly("*/other");
    }

    @Test
    void aTableHoldsWhatAMapDoes() {
        var random = new Random(3);
        var table = new NameTable();
        var map = new HashMap<String, Integer>();
        for (int step = 0; step < 50_000; step++) {
            String name = name("p" + random.nextInt(8_000));
            if (random.nextInt(3) == 0) {
                table.remove(name);
                map.remove(name);
            } else {
                table.put(name, step + 1);
                map.put(name, step + 1);
            }
        }

        assertThat(table.size()).isEqualTo(map.size());
        for (int i = 0; i < 9_000; i++) {
            String name = name("p" + i);
            assertThat(table.get(name)).isEqualTo(map.getOrDefault(name, NameTable.NONE));
        }
    }
}
