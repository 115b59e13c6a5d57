create table leads (
    lead_id                  text not null,
    site_id                  text not null,
    status                   text not null,
    first_name               text,
    last_name                text,
    email                    text,
    phone                    text,
    country_code             text,
    message                  text,
    project_name             text,
    user_location            text,
    source                   text not null,
    lead_source              text,
    source_team              text,
    source_id                text,
    provider                 text,
    channel                  text not null,
    form_id                  text,
    country                  text,
    city                     text,
    region                   text,
    timezone                 text,
    utm_source               text,
    utm_medium               text,
    utm_campaign             text,
    utm_term                 text,
    utm_content              text,
    gclid                    text,
    fbclid                   text,
    visitor_id               text,
    session_id               text,
    device_type              text,
    page_url                 text,
    referred_by              text,
    searched_keyword         text,
    user_ip                  text,
    user_agent               text,
    engagement_score         integer,
    engagement_label         text,
    session_duration_seconds bigint,
    pages_visited            integer,
    return_visits            integer,
    submissions              integer not null,
    facts                    integer not null,
    conflicting_lead_id      text,
    created_at               timestamptz not null,
    last_submitted_at        timestamptz not null,
    captured_offset          bigint not null,
    version                  bigint not null,
    src_partition            integer not null,
    src_offset               bigint not null,
    primary key (lead_id)
) with (fillfactor = 80);
create index on leads (created_at desc, lead_id desc);
create index on leads (site_id, created_at desc, lead_id desc);
create index on leads (session_id);
-- New leads are found by the order in which they appear.
create index on leads (src_partition, captured_offset);
comment on table leads is
    'One primary lead as it stands. From lead.events.v1: LeadCaptured, LeadResubmitted, LeadScored, FactRecorded, FactAttributed.';

create table submissions (
    submission_id          text not null,
    site_id                text not null,
    lead_id                text,
    outcome                text not null,
    code                   text,
    detail                 text,
    duplicate_of           text,
    receipt_id             text not null,
    channel                text not null,
    source_id              text,
    provider               text,
    integration_id         text,
    form_id                text,
    first_name             text,
    last_name              text,
    email                  text,
    phone                  text,
    project_name           text,
    source                 text not null,
    lead_source            text,
    utm_source             text,
    utm_campaign           text,
    country                text,
    device_type            text,
    visitor_id             text,
    session_id             text,
    time_to_submit_seconds double precision,
    payload                text,
    received_at            timestamptz not null,
    submitted_at           timestamptz not null,
    src_partition          integer not null,
    src_offset             bigint not null,
    primary key (submission_id)
) with (fillfactor = 80);
create index on submissions (received_at desc, submission_id desc);
create index on submissions (lead_id);
create index on submissions (outcome, received_at desc, submission_id desc);
create index on submissions (session_id);
create index on submissions (lower(source), received_at desc, submission_id desc);
create index on submissions (lower(lead_source));
create index on submissions (lower(source_id));
comment on table submissions is
    'One submission and what became of it. From lead.events.v1: LeadCaptured, LeadResubmitted, SubmissionDuplicated, SubmissionBlocked, SubmissionTested, SubmissionRefused, SubmissionQuarantined.';

create table provider_facts (
    fact_id       text not null,
    site_id       text not null,
    lead_id       text,
    source_id     text not null,
    provider      text not null,
    kind          text not null,
    external_ref  text,
    previous_ref  text,
    email         text,
    full_name     text,
    amount_minor  bigint,
    currency      text,
    starts_at     timestamptz,
    test          boolean not null,
    occurred_at   timestamptz not null,
    received_at   timestamptz not null,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (fact_id)
) with (fillfactor = 80);
create index on provider_facts (received_at desc, fact_id desc);
create index on provider_facts (lead_id);
create index on provider_facts (received_at desc, fact_id desc) where lead_id is null;
comment on table provider_facts is
    'One appointment or revenue fact, attributed to a lead or not. From lead.events.v1: FactRecorded, FactAttributed.';
