-- Consents. Events from before tell none, so a live generation has what a new one would have.

alter table submissions
    add column trusted_form_url text,
    add column leadid_token     text;

create table lead_consents (
    consent_id    text not null,
    site_id       text not null,
    submission_id text not null,
    lead_id       text,
    name          text,
    purposes      text[] not null default '{}',
    granted       boolean not null,
    at            timestamptz not null,
    text          text,
    text_hash     text,
    version       text,
    ip            text,
    page          text,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (consent_id)
) with (fillfactor = 80);
create index on lead_consents (lead_id);
create index on lead_consents (submission_id);
comment on table lead_consents is
    'One thing that somebody was asked to agree to with a submission, and the answer. From lead.events.v1: LeadCaptured, LeadResubmitted, SubmissionDuplicated, SubmissionBlocked, SubmissionTested, SubmissionRefused, SubmissionQuarantined, SubmissionEdited.';
