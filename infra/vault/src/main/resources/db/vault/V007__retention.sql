-- How long what the keys seal is kept: what each key was used for, and when last; and what was done about it.

create table key_use (
    kid       text        primary key,
    kind      text        not null check (kind in ('bodies', 'sessions', 'submissions', 'facts', 'leads')),
    site_id   text        not null,
    first_at  timestamptz not null,
    last_at   timestamptz not null,
    gone      boolean     not null default false
);
comment on table key_use is
    'What a key seals, the kind that is kept longest if it is of several, and from when to when it was used, in whole hours; the site is empty where no event names it';
comment on column key_use.gone is 'destroyed by a rule of retention: not to be looked at again';

create index key_use_by_age on key_use (kind, last_at, kid) where not gone;

-- Of keys from before nothing tells when they were used last: their time begins now.
insert into key_use (kid, kind, site_id, first_at, last_at)
select kid,
       case when bool_or(purpose = 'lead') then 'leads'
            when bool_or(purpose in ('session', 'visitor')) then 'sessions'
            when bool_or(purpose = 'fact') then 'facts'
            when count(*) filter (where purpose = 'submission') = 1 then 'submissions'
            else 'bodies' end,
       coalesce(max(substring(subject from '^(.*)_[^_]*$')) filter (where purpose = 'lead'),
                max(split_part(subject, '/', 1)) filter (where purpose in ('visitor', 'submitter')), ''),
       now(), now()
from link group by kid;

create table retention_run (
    run_id   text        primary key,
    at       timestamptz not null,
    actor    text        not null,
    dry_run  boolean     not null,
    done_at  timestamptz
);
comment on table retention_run is 'Each time that the rules were looked at or carried out';

create index retention_run_by_time on retention_run (at);

create table retention_part (
    run_id      text          not null references retention_run on delete cascade,
    kind        text          not null,
    cutoff      timestamptz,
    sites       text[]        not null,
    cutoffs     timestamptz[] not null,
    holder      text,
    held_until  timestamptz,
    done_at     timestamptz,
    primary key (run_id, kind)
);
comment on table retention_part is
    'One kind of data in a run: what is older than the cutoff goes, null: nothing; sites with rules of their own and their cutoffs. Whoever holds it works on it';

create table retention_found (
    run_id   text        not null,
    kind     text        not null,
    site_id  text        not null,
    things   bigint      not null,
    keys     bigint      not null,
    objects  bigint      not null,
    bytes    bigint      not null,
    oldest   timestamptz,
    newest   timestamptz,
    primary key (run_id, kind, site_id),
    foreign key (run_id, kind) references retention_part on delete cascade
);
comment on table retention_found is 'What would go in a dry run, what went in another';

create table expired (
    lead_id  text not null,
    purpose  text not null,
    subject  text not null,
    primary key (lead_id, purpose, subject)
);
comment on table expired is
    'What a step of a run destroyed the keys of, by the name of its job in erase_job: to be cleared from the tables, and from the recordings';
