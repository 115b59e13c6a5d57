-- What was to be done with many submissions, and how far it got. Operational only: what was decided
-- about each submission is on lead.events.v1, and a plan that is lost can be made anew. No personal
-- data: examples in a result are masked.
create table ops_command.plan (
    plan_id         text primary key,
    kind            text not null check (kind in ('release', 'reject', 'mapping-replay')),
    status          text not null
        check (status in ('predicting', 'ready', 'running', 'done', 'cancelled', 'failed')),
    source_id       text,
    rate_per_second double precision not null check (rate_per_second > 0),
    details         jsonb not null default '{}',
    result          jsonb not null default '{}',
    actor           text not null,
    error           text,
    created_at      timestamptz not null default now(),
    started_at      timestamptz,
    finished_at     timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    paced_until     timestamptz
);
comment on table ops_command.plan is 'plans over many submissions; fed by command-api';
comment on column ops_command.plan.details is 'what was asked for: reason of a rejection, mapping and days of a replay';
comment on column ops_command.plan.result is 'what the prediction found besides counts; examples are masked';
comment on column ops_command.plan.lease_owner is 'the instance that works on it until lease_until, and then any';
comment on column ops_command.plan.paced_until is 'no step before this time: the rate holds over instances';
create index plan_open on ops_command.plan (created_at) where status in ('predicting', 'running');

create table ops_command.plan_item (
    plan_id        text not null references ops_command.plan on delete cascade,
    position       integer not null,
    site_id        text not null,
    submission_id  text not null,
    predicted      text,
    predicted_code text,
    outcome        text,
    code           text,
    lead_id        text,
    decided_at     timestamptz,
    primary key (plan_id, position)
);
comment on table ops_command.plan_item is 'steps of a plan, a submission each; fed by command-api';
comment on column ops_command.plan_item.predicted is 'what a dry run said, alone and at that time';
comment on column ops_command.plan_item.outcome is 'what the decider said; null: not done yet';
create index plan_item_open on ops_command.plan_item (plan_id, position) where outcome is null;
