package io.headwater.command.intake;

import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Keeps what is authentic but cannot be used, so that nothing that a known caller sent is lost.
@Component
public final class UnusableBodies {

    private final Intake intake;
    private final RequestAudit audit;

    UnusableBodies(Intake intake, RequestAudit audit) {
        this.intake = intake;
        this.audit = audit;
    }

    /// Returns once the body is kept, without secrets.
    ///
    /// @param unusable stands for the problem that is answered
    /// @return to be thrown
    /// @throws io.headwater.command.platform.web.ProblemException 503 when it was not confirmed
    public KeptException keep(
            HttpServletRequest request,
            Receipt receipt,
            byte[] bytes,
            Redaction redaction,
            RuntimeException unusable) {
        Problem problem = Problems.of(unusable);
        intake.append(
                audit.received(
                        request,
                        receipt,
                        unusable instanceof UnsupportedBodyException ? "unsupported" : "unreadable",
                        problem.slug(),
                        problem.status(),
                        bytes.length,
                        asSent(request.getContentType(), bytes, redaction)),
                receipt,
                List.of(),
                List.of());
        return new KeptException(problem);
    }

    private static String asSent(@Nullable String contentType, byte[] bytes, Redaction redaction) {
        try {
            return redaction.ofBody(Body.parse(contentType, bytes, Body.ANY));
        } catch (UnreadableBodyException | UnsupportedBodyException broken) {
            return redaction.inText(Body.lenientText(contentType, bytes));
        }
    }
}
