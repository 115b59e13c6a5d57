package io.headwater.command.intake.capture;

import io.headwater.command.intake.Dedup;
import io.headwater.command.intake.Intake;
import io.headwater.command.intake.IntakeSettings;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.Receipt;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.RequestAudit;
import io.headwater.command.intake.Screening;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.Submissions;
import io.headwater.command.intake.UnusableBodies;
import io.headwater.command.platform.directory.IntegrationConfig;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.IdempotencyKey;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.BodyReader;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.Submission;
import io.headwater.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes one lead from a form or a server: authenticate, read, keep, and wait a moment for the
/// decision. What is blocked is answered like what is accepted.
@Component
final class LeadCapture {

    /// Of a repetition's result: what became of the first one.
    private static final String FIRST_OUTCOME = "first_outcome";

    private final CaptureAccess access;
    private final Submissions submissions;
    private final Intake intake;
    private final RequestAudit audit;
    private final UnusableBodies unusables;
    private final Screening screening;
    private final InFlight inFlight;
    private final CommandResults results;
    private final ClientAddress addresses;
    private final ProxyHeaders proxyHeaders;
    private final IntakeSettings settings;
    private final long maxBody;
    private final Clock clock;

    LeadCapture(
            CaptureAccess access,
            Submissions submissions,
            Intake intake,
            RequestAudit audit,
            UnusableBodies unusables,
            Screening screening,
            InFlight inFlight,
            CommandResults results,
            ClientAddress addresses,
            ProxyHeaders proxyHeaders,
            IntakeSettings settings,
            WebSettings web,
            Clock clock) {
        this.access = access;
        this.submissions = submissions;
        this.intake = intake;
        this.audit = audit;
        this.unusables = unusables;
        this.screening = screening;
        this.inFlight = inFlight;
        this.results = results;
        this.addresses = addresses;
        this.proxyHeaders = proxyHeaders;
        this.settings = settings;
        this.maxBody = web.maxBody().toBytes();
        this.clock = clock;
    }

    String newId(Instant at) {
        return intake.newId(at);
    }

    /// @throws io.headwater.command.intake.KeptException for what an integration sent and cannot be
    ///   used
    /// @throws RuntimeException that stands for a problem, see
    ///   [io.headwater.command.platform.web.Problems#of]
    CaptureAnswer take(HttpServletRequest request) {
        Instant now = clock.instant();
        var integration = access.keyed(request);
        byte[] bytes = BodyReader.read(request, maxBody);
        Body body;
        String idempotencyKey;
        try {
            body = Body.parse(request.getContentType(), bytes, Body.OF_PAGES);
            if (!body.tree().isObject()) {
                throw ProblemType.MALFORMED_BODY.with("The body must be one object.").asException();
            }
            idempotencyKey = IdempotencyKey.of(request);
        } catch (UnreadableBodyException | UnsupportedBodyException | ProblemException unusable) {
            if (integration == null) {
                throw unusable;
            }
            throw kept(request, integration, bytes, unusable, now);
        }
        var caller =
                integration == null
                        ? access.visitor(request, body.tree())
                        : access.keyedCaller(integration, request, body.tree());
        try (var _ = inFlight.hold(caller, idempotencyKey)) {
            return take(request, body, bytes.length, caller, idempotencyKey, now);
        }
    }

    private CaptureAnswer take(
            HttpServletRequest request,
            Body body,
            int bodyBytes,
            Caller caller,
            @Nullable String key,
            Instant now) {
        var judged = judge(request, body, bodyBytes, caller, key, now);
        String submissionId = judged.submission().getSubmissionId();
        String channel = judged.submission().getChannel();
        var decision = judged.decision();
        try {
            var wait = PreferredWait.of(request).orElse(settings.decisionWait());
            CommandResult result = decision.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            requireTaken(result, judged);
            return browser(request, body, caller, channel)
                    .orElseGet(() -> decided(channel, caller, submissionId, result));
        } catch (TimeoutException late) {
            results.forget(submissionId);
            return browser(request, body, caller, channel)
                    .orElseGet(() -> CaptureAnswer.pending(channel, submissionId));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return CaptureAnswer.pending(channel, submissionId);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a decision never fails", failed);
        }
    }

    /// Authentic, but not usable: the body is kept, and the caller told.
    private RuntimeException kept(
            HttpServletRequest request,
            IntegrationConfig integration,
            byte[] bytes,
            RuntimeException unusable,
            Instant now) {
        var receipt =
                new Receipt(
                        intake.newId(now),
                        integration.siteId(),
                        Receipt.API,
                        null,
                        null,
                        integration.integrationId(),
                        null,
                        now);
        String key = ApiKeys.presented(request);
        var redaction = new Redaction(key == null ? List.of() : List.of(key));
        return unusables.keep(request, receipt, bytes, redaction, unusable);
    }

    private record Appended(
            Submission submission,
            List<FieldError> errors,
            CompletableFuture<CommandResult> decision) {}

    private Appended judge(
            HttpServletRequest request,
            Body body,
            int bodyBytes,
            Caller caller,
            @Nullable String key,
            Instant now) {
        var redaction = new Redaction(caller.key() == null ? List.of() : List.of(caller.key()));
        var item =
                new SubmissionItem(LeadFields.ofMembers(body.tree()), null, body.tree())
                        .without(redaction);
        String hash = Submissions.hash(item.payload());
        var client =
                caller.keyed()
                        ? Submissions.Client.UNKNOWN
                        : new Submissions.Client(
                                addresses.of(request),
                                request.getHeader("User-Agent"),
                                proxyHeaders.of(request));
        var receipt =
                new Receipt(
                        intake.newId(now),
                        caller.siteId(),
                        caller.keyed() ? Receipt.API : Receipt.FORM,
                        null,
                        null,
                        caller.integrationId(),
                        caller.formId(),
                        now);
        var dedup =
                key != null
                        ? Dedup.idempotencyKey(key, settings.idempotencyWindow())
                        : Submissions.bodyDedup(
                                hash, item.fields(), client.ip(), settings.duplicateWindow());
        var judged = submissions.judge(item, receipt, client, intake.newId(now), hash, dedup);
        var screened = screening.screen(judged.submission(), now).build();
        String submissionId = screened.getSubmissionId();
        var block =
                screening.block(screened, addresses.ofOnePerson(request), intake.newId(now), now);
        var decision = results.expect(submissionId);
        boolean appended = false;
        try {
            intake.append(
                    audit.received(
                            request,
                            receipt,
                            "accepted",
                            null,
                            null,
                            bodyBytes,
                            redaction.ofBody(body)),
                    receipt,
                    List.of(screened),
                    List.of(),
                    block.stream().toList(),
                    List.of());
            appended = true;
        } finally {
            if (!appended) {
                results.forget(submissionId);
            }
        }
        return new Appended(screened, judged.errors(), decision);
    }

    private Optional<CaptureAnswer> browser(
            HttpServletRequest request, Body body, Caller caller, String channel) {
        String accept = request.getHeader("Accept");
        boolean page =
                body.kind() != Body.Kind.JSON
                        && accept != null
                        && accept.toLowerCase(Locale.ROOT).contains("text/html");
        return page
                ? Optional.of(
                        CaptureAnswer.browser(
                                channel,
                                access.thankYouStatus(caller),
                                caller.form() == null ? null : caller.form().thankYouUrl()))
                : Optional.empty();
    }

    /// What is blocked gets the id that it would have had, and the word that it would have had.
    private static CaptureAnswer decided(
            String channel, Caller caller, String submissionId, CommandResult result) {
        var values = result.getValues();
        String submission = values.getOrDefault("submission_id", submissionId);
        String wouldBe = caller.siteId() + "_" + submission.replace("-", "");
        return switch (result.getOutcome()) {
            case "blocked" -> CaptureAnswer.decided(channel, wouldBe, submission, "accepted");
            case "duplicate" ->
                    CaptureAnswer.duplicate(
                            channel,
                            "blocked".equals(values.get(FIRST_OUTCOME))
                                    ? wouldBe
                                    : values.get("lead_id"),
                            submission,
                            values);
            default ->
                    CaptureAnswer.decided(
                            channel, values.get("lead_id"), submission, result.getOutcome());
        };
    }

    /// @throws io.headwater.command.platform.web.ProblemException 422 for what was refused, and for
    ///   a repetition of what was refused
    private static void requireTaken(CommandResult result, Appended judged) {
        if (result.getOutcome().equals("refused")) {
            throw refusal(result.getCode(), result.getDetail(), judged.errors());
        }
        var values = result.getValues();
        if (result.getOutcome().equals("duplicate")
                && "refused".equals(values.get(FIRST_OUTCOME))) {
            String code = values.get("first_code");
            var repeat = judged.submission();
            throw refusal(
                    code,
                    Objects.equals(code, repeat.getProblem()) ? repeat.getProblemDetail() : null,
                    judged.errors());
        }
    }

    private static RuntimeException refusal(
            @Nullable String code, @Nullable String detail, List<FieldError> errors) {
        var type =
                ProblemType.ofSlug(String.valueOf(code))
                        .orElse(ProblemType.UNACCEPTABLE_SUBMISSION);
        return type.with(detail == null ? type.title() + "." : detail)
                .because(code == null ? type.slug() : code)
                .on(errors)
                .asException();
    }
}
