create table lead_volume_15m (
    site_id       text not null,
    bucket        timestamptz not null,
    source        text not null,
    campaign      text not null,
    country       text not null,
    device        text not null,
    submissions   bigint not null,
    accepted      bigint not null,
    duplicate     bigint not null,
    blocked       bigint not null,
    test          bigint not null,
    refused       bigint not null,
    quarantined   bigint not null,
    leads         bigint not null,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (site_id, bucket, source, campaign, country, device)
) with (fillfactor = 80);
create index on lead_volume_15m (bucket);
comment on table lead_volume_15m is
    'What arrived in 15 minutes of receipt, by outcome; purely additive. From lead.events.v1: LeadCaptured, LeadResubmitted, SubmissionDuplicated, SubmissionBlocked, SubmissionTested, SubmissionRefused, SubmissionQuarantined.';
