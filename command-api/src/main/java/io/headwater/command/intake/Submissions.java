package io.headwater.command.intake;

import static io.headwater.command.intake.LeadField.*;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.contact.Countries;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.web.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges the fields of a submission and gives it its public form.
///
/// What is wrong with it does not stop it: it travels along as `problem`, and the decider refuses
/// (form, api) or quarantines (webhook) it, so that the accounts add up.
public final class Submissions {

    /// The payload travels inside a command and inside an event, and both must fit a record.
    private static final int MAX_PAYLOAD = 3 << 20;

    private final Contacts contacts;
    private final Traits traits;

    public Submissions(Contacts contacts, Traits traits) {
        this.contacts = contacts;
        this.traits = traits;
    }

    /// @param submission not built yet: more is found out about it, and a copy costs more than that
    /// @param errors what the caller can correct
    public record Judged(Submission.Builder submission, List<FieldError> errors) {}

    /// Address and user agent of the person, where the request came from the person; they count
    /// more than what a body says.
    ///
    /// @param told by a trusted proxy
    public record Client(@Nullable String ip, @Nullable String userAgent, ProxyHeaders.Told told) {
        public static final Client UNKNOWN = new Client(null, null);

        public Client(@Nullable String ip, @Nullable String userAgent) {
            this(ip, userAgent, ProxyHeaders.Told.NOTHING);
        }
    }

    /// @param hash of the whole canonical body, or of the item's part of it
    public Judged judge(
            SubmissionItem item,
            Receipt receipt,
            Client client,
            String submissionId,
            String hash,
            Dedup dedup) {
        var fields = item.fields();
        boolean webhook = receipt.channel().equals(Receipt.WEBHOOK);
        var findings = new Findings(item.flaw());
        String country = Countries.alpha2(fields.get(COUNTRY));
        String phone = phone(fields, country);
        String email = email(fields, webhook && phone != null, findings);
        Instant submittedAt = submittedAt(fields, receipt.receivedAt(), findings);
        if (webhook && email == null && phone == null && !fields.has(VISITOR_ID)) {
            findings.add(
                    ProblemType.NO_IDENTITY, "there is no e-mail address, phone or visitor id");
        }
        String address = orElse(client.ip(), ip(fields));
        String userAgent = orElse(client.userAgent(), fields.get(USER_AGENT));
        boolean test = fields.flag(TEST);
        // providers send all tests with one id and one body
        var recognised =
                test && webhook && !dedup.kind().equals(Dedup.IDEMPOTENCY_KEY) ? Dedup.NONE : dedup;
        var submission =
                Submission.newBuilder()
                        .setSubmissionId(submissionId)
                        .setSiteId(receipt.siteId())
                        .setReceiptId(receipt.receiptId())
                        .setChannel(receipt.channel())
                        .setSourceId(receipt.sourceId())
                        .setProvider(receipt.provider())
                        .setIntegrationId(receipt.integrationId())
                        .setFormId(receipt.formId())
                        .setDedupKey(recognised.key())
                        .setDedupKind(recognised.kind())
                        .setDuplicateWindowSeconds(recognised.window().toSeconds())
                        .setBodyHash(hash)
                        .setReceivedAt(receipt.receivedAt())
                        .setSubmittedAt(submittedAt)
                        .setTest(test)
                        .setHoneypotFilled(fields.has(HONEYPOT))
                        .setTimeToSubmitSeconds(fields.seconds(TIME_TO_SUBMIT))
                        .setProblem(findings.code)
                        .setProblemDetail(findings.detail)
                        .setFirstName(PersonalData.ofNullable(fields.get(FIRST_NAME)))
                        .setLastName(PersonalData.ofNullable(fields.get(LAST_NAME)))
                        .setFullName(PersonalData.ofNullable(fields.get(FULL_NAME)))
                        .setEmail(PersonalData.ofNullable(email))
                        .setPhone(PersonalData.ofNullable(phone))
                        .setCountryCode(fields.get(COUNTRY_CODE))
                        .setMessage(PersonalData.ofNullable(fields.get(MESSAGE)))
                        .setUserIp(PersonalData.ofNullable(address))
                        .setUserAgent(PersonalData.ofNullable(userAgent))
                        .setPayload(PersonalData.of(payload(item)))
                        .setProjectName(fields.get(PROJECT_NAME))
                        .setUserLocation(fields.get(USER_LOCATION))
                        .setLeadSource(fields.get(LEAD_SOURCE))
                        .setSourceTeam(fields.get(SOURCE_TEAM))
                        .setCta(fields.get(CTA))
                        .setCountry(country)
                        .setCity(fields.get(CITY))
                        .setRegion(fields.get(REGION))
                        .setTimezone(fields.get(TIMEZONE))
                        .setUtmSource(fields.get(UTM_SOURCE))
                        .setUtmMedium(fields.get(UTM_MEDIUM))
                        .setUtmCampaign(fields.get(UTM_CAMPAIGN))
                        .setUtmTerm(fields.get(UTM_TERM))
                        .setUtmContent(fields.get(UTM_CONTENT))
                        .setGclid(fields.get(GCLID))
                        .setFbclid(fields.get(FBCLID))
                        .setVisitorId(fields.get(VISITOR_ID))
                        .setSessionId(fields.get(SESSION_ID))
                        .setPageUrl(fields.get(PAGE_URL))
                        .setReferredBy(fields.get(REFERRED_BY))
                        .setSearchedKeyword(fields.get(SEARCHED_KEYWORD))
                        .setExternalId(fields.get(EXTERNAL_ID))
                        .setConsents(
                                Consents.of(fields, submittedAt, receipt.receivedAt(), address))
                        .setTrustedFormUrl(PersonalData.ofNullable(Consents.trustedFormUrl(fields)))
                        .setLeadidToken(PersonalData.ofNullable(Consents.leadIdToken(fields)));
        traits.add(submission, email, address, userAgent, client.told());
        return new Judged(submission, List.copyOf(findings.errors));
    }

    /// The hash by which two bodies are the same: keys sorted, and without what changes on every
    /// click of the same button.
    ///
    /// @return SHA-256 in hex
    public static String hash(JsonNode body) {
        JsonNode compared = body;
        if (body instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            copy.propertyNames().stream()
                    .filter(name -> LeadField.named(name) == TIME_TO_SUBMIT)
                    .toList()
                    .forEach(copy::remove);
            compared = copy;
        }
        return Sha256.hex(Json.canonical(compared));
    }

    /// @param window of the form, integration or source
    /// @return compares bodies; one without any name of a person only together with its address
    public static Dedup bodyDedup(
            String hash, LeadFields fields, @Nullable String ip, Duration window) {
        boolean anonymous = !fields.has(EMAIL) && !fields.has(PHONE) && !fields.has(VISITOR_ID);
        return Dedup.bodyHash(anonymous && ip != null ? Sha256.hex(hash + "|" + ip) : hash, window);
    }

    private static String payload(SubmissionItem item) {
        String payload = Json.write(item.payload());
        if (payload.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD) {
            throw ProblemType.BODY_TOO_LARGE
                    .with("The parsed body is larger than what can be kept.")
                    .asException();
        }
        return payload;
    }

    private static @Nullable String ip(LeadFields fields) {
        String told = fields.get(USER_IP);
        return told != null && ClientAddress.literal(told) != null ? told : null;
    }

    private @Nullable String phone(LeadFields fields, @Nullable String country) {
        String given = fields.get(PHONE);
        return given == null ? null : contacts.phone(given, fields.get(COUNTRY_CODE), country);
    }

    private @Nullable String email(LeadFields fields, boolean mayBeMissing, Findings findings) {
        String given = fields.get(EMAIL);
        if (given == null) {
            return null;
        }
        String email = contacts.email(given);
        if (email == null && !mayBeMissing) {
            findings.add(ProblemType.INVALID_EMAIL, "the e-mail address is not one");
            findings.errors.add(new FieldError("email", "is not an e-mail address"));
        }
        return email;
    }

    private static Instant submittedAt(LeadFields fields, Instant receivedAt, Findings findings) {
        String given = fields.get(SUBMITTED_AT);
        if (given == null) {
            return receivedAt;
        }
        Instant time = Timestamps.parse(given);
        if (time == null) {
            findings.add(
                    ProblemType.INVALID_TIMESTAMP, "submitted_at is neither ISO nor Unix time");
            findings.errors.add(new FieldError("submitted_at", "is neither ISO nor Unix time"));
            return receivedAt;
        }
        String absurdity = Timestamps.absurdity(time, receivedAt);
        if (absurdity != null) {
            findings.add(ProblemType.ABSURD_TIMESTAMP, absurdity);
            findings.errors.add(new FieldError("submitted_at", absurdity));
            return receivedAt;
        }
        return time;
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /// The first finding names the problem; all are told to the caller.
    private static final class Findings {
        private final List<FieldError> errors = new ArrayList<>();
        private @Nullable String code;
        private @Nullable String detail;

        Findings(SubmissionItem.@Nullable Flaw flaw) {
            if (flaw != null) {
                code = flaw.code();
                detail = flaw.detail();
            }
        }

        void add(ProblemType type, String what) {
            if (code == null) {
                code = type.slug();
                detail = what;
            }
        }
    }
}
