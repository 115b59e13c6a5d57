-- Generations beside each other: what is asked for, how far each is, the cuts at which two of them are compared, and the
-- record of every step.
alter table ops.projection
    add column runs         boolean not null default true,
    add column purpose      text not null default 'serve' check (purpose in ('serve', 'verify')),
    add column expected     text[] not null default '{}',
    add column max_rate     integer,
    add column rate_limit   integer,
    add column source_first bigint not null default 0,
    add column source_end   bigint not null default 0,
    add column backfill_end bigint,
    add column planned_at   timestamptz not null default now(),
    add column steady_since timestamptz,
    add column live_at      timestamptz,
    add column retire_at    timestamptz;
comment on column ops.projection.runs is 'Instances fold and write it; false: they stop, and what belongs to it is dropped.';
comment on column ops.projection.purpose is 'serve: becomes live when it compares equal; verify: made for a comparison, retired after it.';
comment on column ops.projection.expected is 'table or table.column that may differ from the live generation, as the request said.';
comment on column ops.projection.max_rate is 'Source records per second that its fold may read at most, as asked; null: as many as the governor lets it.';
comment on column ops.projection.rate_limit is 'Source records per second that its fold may read now; null: not limited.';
comment on column ops.projection.source_first is 'Sum over its source partitions of the first offset that Kafka still has; with source_end and source_lag: how far it is.';
comment on column ops.projection.backfill_end is 'source_end when the backfill began: once it is passed, the generation catches up.';
comment on column ops.projection.steady_since is 'Since when it is caught up without a break, while it is CATCHING_UP.';
comment on column ops.projection.retire_at is 'When a generation that is no longer read is dropped by itself.';

create unique index one_live_generation on ops.projection (projection) where state = 'LIVE';

create table ops.request (
    id          bigint generated always as identity primary key,
    projection  text not null,
    action      text not null check (action in ('rebuild', 'verify', 'rollback', 'retire')),
    options     jsonb not null default '{}',
    actor       text not null,
    asked_at    timestamptz not null default now(),
    answered_at timestamptz,
    accepted    boolean,
    generation  integer,
    code        text,
    reason      text
);
create index on ops.request (id) where answered_at is null;
comment on table ops.request is
    'What operators ask of the projectors, which answer in order: accepted with the generation it is about, or refused with the rule (code) and the reason. options of rebuild and verify: max_rate (records/s), expected (table or table.column); of retire: generation.';

create table ops.transition (
    id         bigint generated always as identity primary key,
    projection text not null,
    generation integer not null,
    from_state text,
    to_state   text not null,
    reason     text,
    actor      text not null,
    at         timestamptz not null default now()
);
create index on ops.transition (projection, id);
comment on table ops.transition is 'Every step of every generation: who or what caused it, and why.';

create table ops.cut (
    id         bigint generated always as identity primary key,
    projection text not null,
    live       integer not null,
    candidate  integer not null,
    state      text not null default 'HOLD' check (state in ('HOLD', 'GO', 'DONE')),
    asked_at   timestamptz not null default now(),
    expires_at timestamptz not null
);
create unique index one_cut_at_a_time on ops.cut (projection) where state <> 'DONE';
comment on table ops.cut is
    'Two generations on their way to the same source offsets. HOLD: folds stop where they are and say where; GO: both go on to the larger offset of each partition and stop there; DONE, or expired: nothing is held.';

create table ops.cut_position (
    cut        bigint not null references ops.cut on delete cascade,
    generation integer not null,
    topic      text not null,
    part       integer not null,
    held_at    bigint not null,
    target     bigint,
    primary key (cut, generation, topic, part)
);

create table ops.report (
    id         bigint generated always as identity primary key,
    projection text not null,
    generation integer not null,
    against    integer not null,
    equal      boolean not null,
    report     jsonb not null,
    at         timestamptz not null default now()
);
create index on ops.report (projection, generation, id);
comment on table ops.report is
    'Comparisons of a generation with the live one at one cut: counts, checksums in 256 buckets, keys and columns that differ; keys are ids, values of columns are not kept.';

grant select on ops.request, ops.transition, ops.report to headwater_query;
grant insert (projection, action, options, actor) on ops.request to headwater_query;
