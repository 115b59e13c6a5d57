package io.headwater.launcher.demo;

import static io.headwater.launcher.demo.DemoApi.JSON;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// What people do with leads: most are called, some meet, a few buy, some are lost or given back,
/// and some nobody looks at. Each step may be the last.
///
///     assign ─► contact ─► appointment ─► shown ─► quote ─► win
///                  └─────────┴─────────────┴─────────┴────► lose, return
final class SalesTeam {

    private static final List<String> PEOPLE = List.of("ana", "ben", "chloe", "dev");
    private static final List<String> CHANNELS = List.of("call", "call", "email", "sms");
    private static final List<String> LOSSES =
            List.of("price", "competitor", "no_response", "not_interested");
    private static final List<String> RETURNS =
            List.of("duplicate", "invalid_contact", "wrong_product");

    private final DemoApi api;

    SalesTeam(DemoApi api) {
        this.api = api;
    }

    void workOn(String leadId, RandomGenerator random) throws IOException, InterruptedException {
        if (happens(25, random)) {
            return;
        }
        String person = Person.one(PEOPLE, random);
        api.act(
                leadId,
                "assign",
                json().put("assignee", person)
                        .put("team", person.equals("dev") ? "north" : "south"));
        boolean reached = happens(70, random);
        api.act(
                leadId,
                "contact",
                json().put("channel", Person.one(CHANNELS, random)).put("reached", reached));
        if (!reached) {
            if (happens(30, random)) {
                end(leadId, random);
            }
            return;
        }
        api.act(leadId, "note", json().put("message", "Wants to see the plans first."));
        if (happens(60, random)) {
            meet(leadId, random);
        } else if (happens(50, random)) {
            end(leadId, random);
        }
    }

    private void meet(String leadId, RandomGenerator random)
            throws IOException, InterruptedException {
        String ref = "visit-" + leadId.substring(leadId.length() - 12);
        Instant start =
                Instant.now()
                        .plus(Duration.ofHours(1 + random.nextInt(96)))
                        .truncatedTo(ChronoUnit.HOURS);
        api.act(
                leadId,
                "appointment",
                json().put("change", "booked").put("ref", ref).put("starts_at", start.toString()));
        if (happens(40, random)) {
            return;
        }
        boolean came = happens(80, random);
        api.act(
                leadId,
                "appointment",
                json().put("change", came ? "shown" : "no_show").put("ref", ref));
        if (came) {
            offer(leadId, random);
        }
    }

    private void offer(String leadId, RandomGenerator random)
            throws IOException, InterruptedException {
        long price = 9_000_000L + 250_000L * random.nextInt(40);
        String currency = happens(85, random) ? "EUR" : "GBP";
        api.act(leadId, "quote", json().put("amount_minor", price).put("currency", currency));
        if (happens(50, random)) {
            api.act(leadId, "win", json().put("amount_minor", price).put("currency", currency));
        } else if (happens(50, random)) {
            end(leadId, random);
        }
    }

    private void end(String leadId, RandomGenerator random)
            throws IOException, InterruptedException {
        boolean lost = happens(85, random);
        api.act(
                leadId,
                lost ? "lose" : "return",
                json().put("reason_code", Person.one(lost ? LOSSES : RETURNS, random)));
    }

    private static boolean happens(int percent, RandomGenerator random) {
        return random.nextInt(100) < percent;
    }

    private static ObjectNode json() {
        return JSON.createObjectNode();
    }
}
