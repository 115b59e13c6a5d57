-- Operational state of the projections, and the stable views that readers use.
-- `ops` is made by Flyway (its default schema here); `read` holds views only.
create schema if not exists ops;
create schema if not exists read;

do
$$
begin
    if not exists (select from pg_roles where rolname = 'headwater_query') then
        create role headwater_query login;
    end if;
end
$$;

create table ops.projection (
    projection      text not null,
    generation      integer not null,
    fold_version    integer not null,
    state           text not null
        check (state in ('PLANNED', 'BACKFILL', 'CATCHING_UP', 'VERIFYING', 'READY', 'LIVE', 'RETIRING', 'GONE', 'FAILED')),
    health          text not null default 'STARTING'
        check (health in ('STARTING', 'RUNNING', 'CATCHING_UP', 'WAITING', 'STOPPED')),
    reason          text,
    source_lag      bigint not null default 0,
    sink_lag        bigint not null default 0,
    lag_age_ms      bigint not null default 0,
    rate_per_second double precision not null default 0,
    heartbeat       timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (projection, generation)
);
comment on table ops.projection is
    'One generation of one projection. health and reason say how it is doing now; lags in records by the ends that the brokers name, source_lag with what is between two steps of the fold; lag_age_ms is the age of the oldest record not yet in the tables, 0 when caught up; a heartbeat older than 10 s means dead, whatever the lag.';

create table ops.projection_position (
    projection  text not null,
    generation  integer not null,
    topic       text not null,
    part        integer not null,
    next_offset bigint not null default 0,
    end_offset  bigint not null default 0,
    epoch       bigint not null default 0,
    owner       text,
    heartbeat   timestamptz not null default now(),
    read        bigint not null default 0,
    applied     bigint not null default 0,
    parked      bigint not null default 0,
    skipped     bigint not null default 0,
    fenced      bigint not null default 0,
    primary key (projection, generation, topic, part)
) with (fillfactor = 50);
comment on table ops.projection_position is
    'Position of the sink, written in the transaction of the rows; read = applied + parked + skipped always. epoch counts owners: a write with an older one is refused and counted in fenced. Topic view.* carries rows, dead.* source records that could not be folded (all skipped).';

create table ops.parked (
    projection text not null,
    generation integer not null,
    topic      text not null,
    part       integer not null,
    "offset"   bigint not null,
    table_name text not null,
    row_key    text not null,
    sqlstate   text not null,
    error      text not null,
    value      bytea,
    parked_at  timestamptz not null default now(),
    primary key (projection, generation, topic, part, "offset")
);
-- Of a hash: the key of a poison row may be what is too long for an index.
create index on ops.parked (projection, generation, md5(row_key));
comment on table ops.parked is
    'View records that Postgres refused, and every later record of the same key, to be drained in order of offset after the fix. value is the record as on the topic: personal data stays sealed in it.';

create table ops.drained (
    id         bigint generated always as identity primary key,
    projection text not null,
    generation integer not null,
    row_key    text not null,
    fresh      boolean not null,
    drained_at timestamptz not null default now()
);
create index on ops.drained (projection, generation, id);
comment on table ops.drained is
    'Keys whose rows were parked and are in their table now, in that order; fresh: there was no row before. Readers that tell of new rows by position find here those that came late.';

create table ops.dead_letter (
    projection  text not null,
    generation  integer not null,
    topic       text not null,
    part        integer not null,
    "offset"    bigint not null,
    stage       text not null,
    cause       text not null,
    key         bytea,
    value       bytea,
    recorded_at timestamptz not null default now(),
    primary key (projection, generation, topic, part, "offset")
);
comment on table ops.dead_letter is
    'Source records that could not be decoded or folded, with the cause; counted as skipped.';

-- Points the views `read.<table>` at the tables of one generation, all in the caller's transaction.
-- Waits at most 300 ms for a lock (55P03: try again), because waiting readers queue behind it.
create function ops.publish(p_projection text, p_generation integer) returns integer
    language plpgsql
    set lock_timeout = '300ms'
as
$$
declare
    source_schema text := format('%s_g%s', p_projection, p_generation);
    tables        text[];
    name          text;
    body          text;
begin
    select coalesce(array_agg(c.relname::text order by c.relname), '{}')
    into tables
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = source_schema
      and c.relkind in ('r', 'p')
      and c.relname <> 'flyway_schema_history';
    if cardinality(tables) = 0 then
        raise exception 'schema % has no tables to publish', source_schema;
    end if;

    -- Views of tables that this generation no longer has.
    for name in
        select distinct u.view_name::text
        from information_schema.view_table_usage u
        where u.view_schema = 'read'
          and u.table_schema ~ ('^' || p_projection || '_g[0-9]+$')
          and not u.view_name::text = any (tables)
    loop
        execute format('drop view read.%I', name);
    end loop;

    foreach name in array tables
    loop
        select format('select %s from %I.%I', string_agg(quote_ident(a.attname), ', ' order by a.attnum), source_schema, name)
        into body
        from pg_attribute a
        where a.attrelid = format('%I.%I', source_schema, name)::regclass
          and a.attnum > 0
          and not a.attisdropped;
        begin
            execute format('create or replace view read.%I as %s', name, body);
        exception
            when invalid_table_definition then
                execute format('drop view read.%I', name);
                execute format('create view read.%I as %s', name, body);
        end;
        execute format('grant select on read.%I to headwater_query', name);
    end loop;

    update ops.projection
    set state = 'LIVE', updated_at = now()
    where projection = p_projection
      and generation = p_generation;
    return cardinality(tables);
end
$$;

grant usage on schema ops, read to headwater_query;
grant select on ops.projection, ops.projection_position, ops.drained to headwater_query;
-- Everything but the bytes: they hold personal data.
grant select (projection, generation, topic, part, "offset", table_name, row_key, sqlstate, error, parked_at)
    on ops.parked to headwater_query;
grant select (projection, generation, topic, part, "offset", stage, cause, recorded_at)
    on ops.dead_letter to headwater_query;
