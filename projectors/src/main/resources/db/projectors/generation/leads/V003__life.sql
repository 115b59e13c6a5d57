-- What happens to a lead after it was captured, and the quarantine.

create table lead_money (
    lead_id                text not null,
    site_id                text not null,
    currency               text not null,
    quoted_minor           bigint,
    won_minor              bigint,
    paid_minor             bigint not null,
    refunded_minor         bigint not null,
    refunded_by_hand_minor bigint not null,
    disputed_minor         bigint not null,
    disputes_lost_minor    bigint not null,
    revenue_minor          bigint not null,
    src_partition          integer not null,
    src_offset             bigint not null,
    primary key (lead_id, currency)
) with (fillfactor = 80);
comment on table lead_money is
    'What a lead is worth, a row for each currency; minor units. Of merged leads twice: in their own row and in that of the lead that stands for them. From lead.events.v1: FactRecorded, FactAttributed, LeadQuoted, LeadWon, RefundRecorded, LeadStageChanged (reopen), LeadAbsorbed, LeadReleased.';

create table lead_timeline (
    event_id      text not null,
    lead_id       text not null,
    site_id       text not null,
    kind          text not null,
    at            timestamptz not null,
    recorded_at   timestamptz not null,
    actor         text,
    reason        text,
    details       jsonb not null default '{}',
    note          text,
    payload       text,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (event_id)
) with (fillfactor = 80);
create index on lead_timeline (lead_id, at desc, event_id desc);
comment on table lead_timeline is
    'One event of a lead: who did what when. From lead.events.v1: every event that names a lead.';

create table lead_appointments (
    lead_id         text not null,
    appointment_ref text not null,
    site_id         text not null,
    current_ref     text not null,
    status          text not null,
    starts_at       timestamptz,
    reschedules     integer not null default 0,
    first_told_at   timestamptz not null,
    changed_at      timestamptz not null,
    reason          text,
    fact_id         text,
    actor           text not null,
    shown_at        timestamptz,
    counts          boolean not null default true,
    part_of         text,
    src_partition   integer not null,
    src_offset      bigint not null,
    primary key (lead_id, appointment_ref)
) with (fillfactor = 80);
comment on table lead_appointments is
    'One appointment of a lead, however often it was moved. Of merged leads twice: in their own row and in that of the lead that stands for them. From lead.events.v1: FactRecorded, FactAttributed, AppointmentChanged, LeadAbsorbed, LeadReleased.';

create table submission_changes (
    event_id        text not null,
    field           text not null,
    site_id         text not null,
    submission_id   text not null,
    lead_id         text,
    before_value    text,
    after_value     text,
    mapping_version integer,
    plan_id         text,
    actor           text not null,
    changed_at      timestamptz not null,
    src_partition   integer not null,
    src_offset      bigint not null,
    primary key (event_id, field)
) with (fillfactor = 80);
create index on submission_changes (submission_id, changed_at);
comment on table submission_changes is
    'One changed field of a submission. From lead.events.v1: SubmissionEdited, LeadCorrected.';

create table quarantine (
    submission_id  text not null,
    site_id        text not null,
    source_id      text,
    provider       text,
    channel        text not null,
    code           text not null,
    detail         text not null,
    problem        text,
    state          text not null,
    edits          integer not null default 0,
    edited_at      timestamptz,
    decided_at     timestamptz,
    decided_by     text,
    plan_id        text,
    reject_code    text,
    reject_reason  text,
    outcome        text,
    lead_id        text,
    received_at    timestamptz not null,
    quarantined_at timestamptz not null,
    src_partition  integer not null,
    src_offset     bigint not null,
    primary key (submission_id)
) with (fillfactor = 80);
create index on quarantine (received_at desc, submission_id desc);
create index on quarantine (state, received_at desc, submission_id desc);
create index on quarantine (source_id, received_at desc, submission_id desc);
create index on quarantine (code, received_at desc, submission_id desc);
create index on quarantine (plan_id);
comment on table quarantine is
    'One submission that is or was in quarantine. From lead.events.v1: SubmissionQuarantined, SubmissionEdited, SubmissionReleased, SubmissionRejected, and the outcomes of released ones.';
