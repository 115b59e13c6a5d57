package io.headwater.launcher.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.launcher.CannedQueryApi;
import io.headwater.launcher.CannedQueryApi.Canned;
import io.headwater.launcher.query.QueryApi;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminApiTest {

    @TempDir private Path data;

    /// What command-api tells at the end cannot be asked for again: then nobody knows any more what
    /// was looked for.
    @Test
    void whoIsPatientOutlivesARestart() throws Exception {
        var answers =
                List.of(
                                new Canned(502, "{\"title\":\"command-api does not answer\"}"),
                                new Canned(503, "{\"title\":\"the vault does not answer\"}"),
                                Canned.ok("{\"state\":\"done\"}"),
                                new Canned(404, "{}"),
                                new Canned(403, "{\"title\":\"Not for you\"}"))
                        .iterator();
        try (var answering = new CannedQueryApi(data, call -> answers.next());
                var queryApi = QueryApi.on(data)) {
            var api = new AdminApi(queryApi);

            assertThat(api.patiently("/admin/erasures/l").path("state").asString())
                    .isEqualTo("done");
            assertThat(api.patiently("/admin/erasures/l")).isEmpty();
            assertThatThrownBy(() -> api.patiently("/admin/erasures/l"))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("Not for you");
            assertThat(answers).isExhausted();
        }
    }
}
