package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;

/// What the load needs that only an administrator can give.
final class Administration {

    private Administration() {}

    /// @return an API key that may capture leads for a site of its own
    static String integrationKey(Platform platform) throws IOException {
        String siteKey = "pk_bench_" + UUID.randomUUID();
        try (var api = Platform.connect(platform.commandApi())) {
            String site =
                    text(
                            api.post(
                                    "/analytics/sites",
                                    "{\"name\":\"Bench\",\"site_key\":\"%s\"}".formatted(siteKey),
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

    /// @return the path of a new source whose deliveries are signed with [SignedPosts#SECRET]
    static String webhookPath(Platform platform) throws IOException {
        try (var api = Platform.connect(platform.commandApi())) {
            String url =
                    text(
                            api.post(
                                    "/admin/sources",
                                    "{\"site_id\":\"main\",\"name\":\"Bench\",\"provider\":\"generic\",\"secrets\":[\"%s\"]}"
                                            .formatted(SignedPosts.SECRET),
                                    platform.adminHeader()),
                            "url");
            return URI.create(url).getPath();
        }
    }

    private static String text(KeepAlive.Answer answer, String member) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IOException("refused with " + answer.status() + ": " + answer.body());
        }
        return Platform.json(answer.body()).path(member).stringValue();
    }
}
