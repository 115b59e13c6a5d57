package io.headwater.projectors.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.Rebuilding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A sample of the live keys is compared with what their events give; nothing is put right.
class SamplesIT extends KeysFixture {

    private static final int LEADS = 12;

    @Test
    void aDamagedLeadIsFoundAndLeftAsItIs() throws Exception {
        // given
        for (int i = 1; i <= LEADS; i++) {
            captured("sampled_" + i, i);
        }
        eventually("select count(*) from read.leads where site_id = 'sampled'", LEADS);

        // when
        var well = sample(LEADS);

        // then
        assertThat(well)
                .containsEntry("generation", 1)
                .containsEntry("keys", LEADS)
                .containsEntry("differing", 0)
                .containsEntry("skipped", 0)
                .containsEntry("findings", "[]");
        assertThat((Long) well.get("rows")).isGreaterThanOrEqualTo(2L * LEADS);

        // given
        platform.jdbc()
                .sql("update leads_g1.leads set status = 'lost' where lead_id = 'sampled_7'")
                .update();
        String damaged = rows("sampled_7");

        // when
        var found = sample(1_000);

        // then
        assertThat(found).containsEntry("keys", LEADS).containsEntry("differing", 1);
        assertThat(String.valueOf(found.get("findings")))
                .contains("\"key\": \"sampled_7\"")
                .contains("\"kind\": \"changed\"")
                .contains("\"columns\": [\"status\"]");
        assertThat(rows("sampled_7")).isEqualTo(damaged);

        // and: one that was interrupted begins anew
        platform.jdbc()
                .sql(
                        "update ops.sample set ended_at = null, differing = 0, keys = 0 where id = (select max(id) from ops.sample)")
                .update();
        eventually("select count(*) from ops.sample where ended_at is null", 0);
        assertThat(newest()).containsEntry("differing", 1);
    }

    @Test
    void whatHasNoKeysIsRefused() {
        var answer = new Rebuilding(platform.jdbc()).ask("traffic", "verify", "{\"sample\": 5}");

        assertThat(answer.accepted()).isFalse();
        assertThat(answer.code()).isEqualTo("no-keys");
    }

    private static Map<String, @Nullable Object> sample(int keys) {
        var answer =
                new Rebuilding(platform.jdbc())
                        .ask("leads", "verify", "{\"sample\": " + keys + "}");
        assertThat(answer.accepted()).as(answer.reason()).isTrue();
        eventually("select count(*) from ops.sample where ended_at is null", 0);
        return newest();
    }

    private static Map<String, @Nullable Object> newest() {
        List<Map<String, @Nullable Object>> found =
                platform.jdbc()
                        .sql(
                                "select generation, keys, rows, differing, skipped, findings::text from ops.sample order by id desc limit 1")
                        .query()
                        .listOfRows();
        return found.getFirst();
    }
}
