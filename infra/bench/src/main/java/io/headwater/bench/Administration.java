package io.headwater.bench;

import java.io.IOException;

/// What the load needs that only an administrator can give.
final class Administration {

    private Administration() {}

    /// @return an API key that may capture leads for a site of its own
    static String integrationKey(Platform platform) throws IOException {
        try (var api = Platform.connect(platform.queryApi())) {
            String site =
                    text(
                            api.post(
                                    "/analytics/sites",
                                    "{\"name\":\"Bench\",\"site_key\":\"pk_bench\"}",
                                    platform.adminHeader()),
                            "site_id");
            return text(
                    api.post(
                            "/analytics/integrations",
                            "{\"site_id\":\"%s\",\"name\":\"Bench\"}".formatted(site),
                            platform.adminHeader()),
                    "api_key");
        }
    }

    private static String text(KeepAlive.Answer answer, String member) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IOException("refused with " + answer.status() + ": " + answer.body());
        }
        return Platform.json(answer.body()).path(member).stringValue();
    }
}
