-- Samples of the live view: keys picked at random, each folded from its events and compared with the tables.
create table ops.sample (
    id         bigint generated always as identity primary key,
    request    bigint not null unique,
    projection text not null,
    generation integer,
    wanted     integer not null check (wanted > 0),
    seed       bigint not null,
    keys       integer not null default 0,
    rows       bigint not null default 0,
    differing  integer not null default 0,
    skipped    integer not null default 0,
    findings   jsonb not null default '[]',
    reason     text,
    asked_at   timestamptz not null default now(),
    ended_at   timestamptz
);
create index on ops.sample (projection, id);
create index on ops.sample (id) where ended_at is null;
comment on table ops.sample is
    'Keys of the live generation that were compared with what their events give: keys compared, rows compared, keys that differ, keys that could not be compared (reason names the first cause). The seed and the number wanted pick the keys. findings: key and rows (table, row, kind, columns) of the first that differ; ids and names only. Without ended_at it is not over: whoever leads begins it anew.';

grant select on ops.sample to headwater_query;
