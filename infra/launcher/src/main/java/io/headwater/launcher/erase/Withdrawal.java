package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// Takes back that somebody is to be forgotten.
final class Withdrawal {

    private final AdminApi api;
    private final PrintStream out;
    private final Duration look;
    private final Duration wait;
    private boolean any;

    Withdrawal(AdminApi api, PrintStream out, Duration look, Duration wait) {
        this.api = api;
        this.out = out;
        this.look = look;
        this.wait = wait;
    }

    /// @param sites in which the visitor has sessions
    /// @throws Failed when there was nothing to take back, or it was too late
    void of(List<String> leads, String visitor, Collection<String> sites)
            throws Failed, IOException, InterruptedException {
        var known = new HashSet<String>();
        for (String lead : leads) {
            if (!known.contains(lead)) {
                known.addAll(OnePerson.of(api, List.of(lead)).keySet());
                tell(lead, () -> ofLead(lead));
            }
        }
        for (String site : sites) {
            tell(site + "/" + visitor, () -> ofVisitor(site, visitor));
        }
        if (!any) {
            throw new Failed("nothing was withdrawn");
        }
    }

    private interface Step {
        String withdraw() throws Failed, IOException, InterruptedException;
    }

    private void tell(String whom, Step step) throws IOException, InterruptedException {
        try {
            out.println(whom + "  " + step.withdraw());
            any = true;
        } catch (Failed refused) {
            // others may have asked
            out.println(whom + "  " + refused.getMessage());
        }
    }

    private String ofLead(String lead) throws Failed, IOException, InterruptedException {
        var answer = api.post("/analytics/leads/" + encoded(lead) + "/withdraw-erasure", "{}");
        return answer.path("status").asString("").equals("pending")
                ? "asked to withdraw it; GET /admin/erasures tells what became of that"
                : "withdrawn: the person is not forgotten";
    }

    /// Nobody decides: what the log says first counts.
    private String ofVisitor(String site, String visitor)
            throws Failed, IOException, InterruptedException {
        api.post("/admin/erasures/visitor/withdraw", Wish.body(site, visitor).toString());
        var end = Instant.now().plus(wait);
        String state = "requested";
        while (state.equals("requested")) {
            if (Instant.now().isAfter(end)) {
                return "asked to withdraw it; GET /admin/erasures tells what became of that";
            }
            Thread.sleep(look);
            state = api.get(Wish.path(site, visitor)).path("state").asString("");
        }
        if (!state.equals("withdrawn")) {
            throw new Failed("too late: " + state);
        }
        return "withdrawn: the visitor is not forgotten";
    }
}
