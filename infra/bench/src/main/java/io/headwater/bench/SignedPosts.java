package io.headwater.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Webhook deliveries of different people, signed before they are sent: signing is the provider's
/// work, not ours.
///
/// source: Standard Webhooks 1.0, symmetric signatures
final class SignedPosts {

    static final String SECRET =
            "whsec_"
                    + Base64.getEncoder()
                            .encodeToString(
                                    "headwater-bench-key-24by".getBytes(StandardCharsets.UTF_8));

    private SignedPosts() {}

    /// @param headers lines of the request
    record Post(String body, String[] headers) {}

    static List<Post> of(int count) {
        try {
            byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String at = String.valueOf(Instant.now().getEpochSecond());
            var posts = new ArrayList<Post>(count);
            for (int i = 0; i < count; i++) {
                posts.add(post(mac, at));
            }
            return posts;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Post post(Mac mac, String at) {
        String id = UUID.randomUUID().toString();
        String body =
                """
                {"first_name":"Ada","last_name":"Bench","email":"ada-%s@bench.example.com",\
                "phone":"+4930%s","project_name":"Lakeside","utm_source":"search",\
                "utm_medium":"cpc","utm_campaign":"spring","message":"Please call me after five.",\
                "answers":[{"question":"When?","answer":"this month"},{"question":"Budget?",\
                "answer":"250000"}],"page_url":"https://www.example.com/offers?utm_source=search"}\
                """
                        .formatted(id, 1_000_000 + Math.floorMod(id.hashCode(), 9_000_000));
        byte[] signed = (id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(signed));
        return new Post(
                body,
                new String[] {
                    "webhook-id: " + id,
                    "webhook-timestamp: " + at,
                    "webhook-signature: v1," + signature
                });
    }
}
