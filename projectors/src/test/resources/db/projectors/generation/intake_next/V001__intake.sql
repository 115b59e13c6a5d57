create table intake_15m (
    site_id       text not null,
    bucket        timestamptz not null,
    source_id     text not null,
    received      bigint not null,
    accepted      bigint not null,
    duplicate     bigint not null,
    blocked       bigint not null,
    test          bigint not null,
    refused       bigint not null,
    quarantined   bigint not null,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (site_id, bucket, source_id)
) with (fillfactor = 80);
create index on intake_15m (bucket);
comment on table intake_15m is
    'Both sides of received = accepted + duplicate + blocked + test + refused + quarantined, counted from different topics. From intake.receipts.v1: ReceiptRecorded; from lead.events.v1: LeadCaptured, LeadResubmitted, SubmissionDuplicated, SubmissionBlocked, SubmissionTested, SubmissionRefused, SubmissionQuarantined.';
alter table intake_15m add column note text not null default 'of the next fold';
